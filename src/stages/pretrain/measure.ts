/** What is measured now and then while a model trains: held-out loss, and what it says. */
import { ValidationBatches } from '../../batches/index.ts';
import {
  countCharacters,
  meanLoss,
  type ValidationLoss,
  validationLoss,
} from '../../evaluate/index.ts';
import { GenerationEngine } from '../../generate/index.ts';
import type { Gpt } from '../../model/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { TokenData, TrainingRun } from '../training/index.ts';
import type { PretrainConfig } from './config.ts';

/** How a prompt is continued. */
interface Continuation {
  prompt: string;
  text: string;
}

const sampleTokens = 60;

export class Measurements {
  readonly #model: Gpt;
  readonly #tokenizer: Tokenizer;
  readonly #config: PretrainConfig;
  readonly #heldOut;

  constructor(model: Gpt, tokenizer: Tokenizer, { sources }: TokenData, config: PretrainConfig) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#config = config;
    const { device = 'cpu', microBatchSize: batchSize } = config;
    const { contextLength } = config.model;
    this.#heldOut = sources.flatMap(({ validation: dataset }) => {
      if (dataset === null) return [];
      const batches = new ValidationBatches({ dataset, contextLength, batchSize, device });
      return [{ dataset, batches, numCharacters: countCharacters(dataset, tokenizer) }];
    });
  }

  /** Held-out loss, null when nothing is held out; tells of it, and what the model says. */
  async measure(run: TrainingRun): Promise<ValidationLoss | null> {
    const loss = await this.#validate();
    // What a resumed run finds done was told before.
    if (run.isWhereItResumed) return loss;
    const step = run.state.step - 1;
    if (loss !== null) run.metrics.values(step, namedLosses(loss));
    for (const { prompt, text } of await this.#sample()) {
      run.metrics.note(`    ${prompt}│${text.replaceAll('\n', '⏎')}`, { step, prompt, text });
    }
    return loss;
  }

  /** The loss over all that is held out; null when nothing is. */
  async #validate(): Promise<ValidationLoss | null> {
    if (this.#heldOut.length === 0) return null;
    const { maskDocuments = false } = this.#config;
    const sums = [];
    for (const { dataset, batches, numCharacters } of this.#heldOut) {
      const losses = await validationLoss(this.#model, dataset, batches, (documents) =>
        maskDocuments ? { mask: { documents } } : {},
      );
      sums.push({ ...losses, numCharacters });
    }
    return meanLoss(sums);
  }

  /** The prompts, continued with the most likely tokens. */
  async #sample(): Promise<Continuation[]> {
    const { prompts = [] } = this.#config;
    if (prompts.length === 0) return [];
    using engine = new GenerationEngine(this.#model, this.#tokenizer);
    const endOfText = this.#tokenizer.specialTokens.idOf('<|endoftext|>');
    const request = { temperature: 0, maxTokens: sampleTokens, stopTokens: [endOfText] };
    return await Promise.all(
      prompts.map(async (prompt) => {
        let text = '';
        for await (const chunk of engine.stream({ ...request, prompt, seed: 0 })) {
          text += chunk.text;
        }
        return { prompt, text };
      }),
    );
  }
}

function namedLosses(loss: ValidationLoss): Record<string, number> {
  const named = Object.entries(loss).map(([name, value]) => [`validation/${name}`, value]);
  return Object.fromEntries(named);
}
