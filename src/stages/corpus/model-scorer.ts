/** A model that scores documents of a corpus by their perplexity. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asFileError, hashFiles } from '../../base/index.ts';
import type { Scorer } from '../../corpus/index.ts';
import { textPerplexities } from '../../evaluate/index.ts';
import { type LoadedModel, loadModel } from '../../model/index.ts';

/** What decides about a score: not the state of training that a checkpoint has too. */
const decisive = /^(config\.json|tokenizer\.json|model.*\.safetensors)$/;

/** Loads the model when the first text is scored: a build that goes on may need none of it. */
export class ModelScorer implements Scorer, Disposable {
  readonly batchSize = 8;
  readonly #folder: string;
  #id = '';
  #loaded: LoadedModel | undefined;

  /** @param folder in the form of Hugging Face */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get id(): string {
    return this.#id;
  }

  /** Hashes the model; before anything else is asked. @throws FileError */
  async identify(): Promise<void> {
    let names: string[];
    try {
      names = readdirSync(this.#folder).filter((name) => decisive.test(name));
    } catch (error) {
      throw asFileError(error, this.#folder, 'read');
    }
    const paths = names.sort().map((name) => join(this.#folder, name));
    this.#id = (await hashFiles(paths)).sha256;
  }

  async perplexitiesOf(texts: readonly string[]): Promise<readonly number[]> {
    this.#loaded ??= await loadModel(this.#folder);
    return textPerplexities(this.#loaded.model, this.#loaded.tokenizer, texts);
  }

  [Symbol.dispose](): void {
    this.#loaded?.model.dispose();
    this.#loaded = undefined;
  }
}
