/** A checkpoint that was verified, ready to be loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../base/index.ts';
import { loadSafetensors, type Tensor } from '../../tensor/index.ts';
import type { TrainSnapshot } from '../train-state.ts';
import type { Facts } from './manifest.ts';
import type { VerifiedCheckpoint } from './verify.ts';

/** Whatever takes back the tensors that it gave: a module, an optimizer. */
export interface Restorable {
  loadStateDict(state: ReadonlyMap<string, Tensor>): void;
}

export class Checkpoint {
  readonly path: string;
  readonly state: TrainSnapshot;
  readonly facts: Facts;
  readonly #fileNames: readonly string[];

  constructor({ path, manifest }: VerifiedCheckpoint) {
    this.path = path;
    this.state = manifest.state;
    this.facts = manifest.facts;
    this.#fileNames = Object.keys(manifest.files);
  }

  /** The finished steps. */
  get step(): number {
    return this.state.step;
  }

  /**
   * Copies saved tensors into what they came from, file by file.
   *
   * @throws ConfigError for a file that the checkpoint does not have, and as `loadStateDict` for
   *   tensors of another name or shape.
   */
  restore(targets: Readonly<Record<string, Restorable>>): void {
    for (const name of Object.keys(targets)) this.#check(name);
    for (const [name, target] of Object.entries(targets)) {
      const tensors = loadSafetensors(join(this.path, name));
      try {
        target.loadStateDict(tensors);
      } finally {
        for (const tensor of tensors.values()) tensor.dispose();
      }
    }
  }

  /** The bytes of one of the documents. */
  document(name: string): Buffer {
    this.#check(name);
    return readFileSync(join(this.path, name));
  }

  #check(name: string): void {
    if (this.#fileNames.includes(name)) return;
    const must = `be one of its files: ${this.#fileNames.join(', ')}`;
    throw new ConfigError({ what: `a file of checkpoint ${this.path}`, must, got: name });
  }
}
