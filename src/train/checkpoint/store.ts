/** The checkpoints of one run. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '../../tensor/index.ts';
import { Checkpoint } from './checkpoint.ts';
import { firstWhole, refuseAllDamaged } from './find-whole.ts';
import { deleteFolder, isTemporary, listSteps, stepPath } from './folder-name.ts';
import { checkRetention } from './retention.ts';
import type { CheckpointContent, CheckpointStoreConfig, SaveOutcome } from './store-config.ts';
import { TensorImage } from './tensor-image.ts';
import { Writer } from './writer.ts';

/**
 * Saves in the background: `save` copies the tensors into memory kept for it and returns; one thread
 * writes, hashes, syncs and renames while training goes on. A failed save is an alarm, not an error:
 * the checkpoints before it are untouched, and the next save tries anew. Loading compares every byte
 * with the manifest; a damaged checkpoint is set aside as `*.corrupt`, and the one before is used.
 *
 * Only one store may be open on a folder; the lock of the run directory sees to that.
 */
export class CheckpointStore {
  readonly #config: Required<CheckpointStoreConfig>;
  readonly #images = new Map<string, TensorImage>();
  readonly #writer: Writer;
  #pending: Promise<SaveOutcome> | undefined;
  #parent: string | null = null;
  #numAlarms = 0;

  /** Also removes what a killed process left half written. @throws FileError, ConfigError */
  constructor(config: CheckpointStoreConfig) {
    const retention = checkRetention(config.retention ?? {});
    this.#config = { alarm: (message) => console.error(message), ...config, retention };
    const { folder: root } = config;
    mkdirSync(root, { recursive: true });
    for (const name of readdirSync(root).filter(isTemporary)) {
      rmSync(join(root, name), { recursive: true, force: true });
    }
    this.#writer = new Writer({ root, retention });
  }

  /** How many saves failed and how many checkpoints were found damaged, since the store opened. */
  get numAlarms(): number {
    return this.#numAlarms;
  }

  /**
   * Returns when the tensors are copied; they may change then. Waits first until the save before has
   * ended.
   */
  async save({ state, tensors, documents = {}, keptSteps = [] }: CheckpointContent): Promise<void> {
    await this.flush();
    const files = new Map<string, Uint8Array>();
    for (const [name, named] of Object.entries(tensors)) files.set(name, this.#image(name, named));
    for (const [name, content] of Object.entries(documents)) {
      files.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    }
    const { facts } = this.#config;
    const manifest = { formatVersion: 1 as const, state, facts, parent: this.#parent };
    this.#pending = this.#write(state.step, { files, manifest, keptSteps });
  }

  /** Waits for the save that is under way and says how the last one ended. */
  async flush(): Promise<SaveOutcome | undefined> {
    return await this.#pending;
  }

  /**
   * The newest checkpoint that is whole, or `undefined` in a folder that never had one.
   *
   * @param atMost the highest step wanted
   * @throws NoUsableCheckpointError when there were checkpoints and all of them are damaged.
   */
  async load(atMost = Number.POSITIVE_INFINITY): Promise<Checkpoint | undefined> {
    await this.flush();
    const found = this.#firstWhole(this.#steps().filter((step) => step <= atMost));
    if (this.#steps().length === 0) refuseAllDamaged(this.#config.folder);
    return found;
  }

  /** The oldest checkpoint that is whole. */
  async loadOldest(): Promise<Checkpoint | undefined> {
    await this.flush();
    return this.#firstWhole(this.#steps().reverse());
  }

  /** Removes the checkpoints after a step: those of a path that was given up by going back to it. */
  async discardAfter(step: number): Promise<void> {
    await this.flush();
    for (const later of this.#steps().filter((other) => other > step)) {
      deleteFolder(stepPath(this.#config.folder, later));
    }
  }

  /** Waits for the save that is under way, and ends the writer's thread. */
  async close(): Promise<void> {
    await this.flush();
    await this.#writer.close();
  }

  #steps(): number[] {
    return listSteps(this.#config.folder);
  }

  #firstWhole(steps: readonly number[]): Checkpoint | undefined {
    const found = firstWhole(this.#config.folder, steps, (message) => this.#raise(message));
    if (found === undefined) return undefined;
    this.#parent = found.sha256;
    return new Checkpoint(found);
  }

  async #write(step: number, job: Parameters<Writer['write']>[0]): Promise<SaveOutcome> {
    const { sha256, error, damaged, pruneError, seconds } = await this.#writer.write(job);
    if (sha256 !== undefined) this.#parent = sha256;
    else this.#raise(`checkpoint of step ${step} could not be saved, training goes on: ${error}`);
    for (const old of damaged) this.#raise(`checkpoint of step ${old} is damaged and set aside`);
    if (pruneError !== undefined)
      this.#raise(`old checkpoints could not be deleted: ${pruneError}`);
    return { step, isSaved: sha256 !== undefined, seconds };
  }

  #image(name: string, tensors: ReadonlyMap<string, Tensor>): Uint8Array {
    const image = this.#images.get(name) ?? new TensorImage();
    this.#images.set(name, image);
    return image.fill(tensors);
  }

  #raise(message: string): void {
    this.#numAlarms++;
    this.#config.alarm(`ALARM: ${message}`);
  }
}
