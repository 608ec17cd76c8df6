/** Which checkpoints stay. */
import { renameSync } from 'node:fs';
import { ConfigError, FileError } from '../../base/index.ts';
import { corruptPath, deleteFolder, listSteps, stepPath } from './folder-name.ts';
import { identityOf, verifyCheckpoint } from './verify.ts';

export interface Retention {
  /** How many of the newest stay; at least 2, for one may turn out damaged. Default: 2. */
  keepLast?: number;
  /** Those whose step is a multiple of this stay for ever. Default: 0, none. */
  keepEvery?: number;
  /**
   * The newest that is so many steps older than the newest of all stays as well: the spike guard
   * goes back that far. Default: 100.
   */
  keepBackSteps?: number;
}

/** @throws ConfigError for numbers that would endanger the run. */
export function checkRetention(retention: Retention): Required<Retention> {
  const checked = { keepLast: 2, keepEvery: 0, keepBackSteps: 100, ...retention };
  const least = { keepLast: 2, keepEvery: 0, keepBackSteps: 0 };
  for (const name of ['keepLast', 'keepEvery', 'keepBackSteps'] as const) {
    const value = checked[name];
    if (Number.isSafeInteger(value) && value >= least[name]) continue;
    const must = `be a whole number of at least ${least[name]}`;
    throw new ConfigError({ what: `retention.${name}`, must, got: String(value) });
  }
  return checked;
}

/**
 * Deletes what need not stay. Only verified checkpoints count as kept, so a damaged one never takes
 * the place of a good one; it is set aside under another name.
 */
export class Pruner {
  readonly #root: string;
  readonly #retention: Required<Retention>;
  /** By step, what a checkpoint's files looked like when they were verified. */
  readonly #verified = new Map<number, string>();

  constructor(root: string, retention: Required<Retention>) {
    this.#root = root;
    this.#retention = retention;
  }

  /**
   * @param keptSteps of checkpoints that stay in any case
   * @returns the steps whose checkpoints were deleted, and those that were found damaged
   */
  prune(keptSteps: readonly number[] = []): { deleted: number[]; damaged: number[] } {
    const { keepLast, keepEvery } = this.#retention;
    const damaged: number[] = [];
    const isGood = (step: number) => {
      const good = this.#verify(step);
      if (!good) damaged.push(step);
      return good;
    };
    const newest: number[] = [];
    for (const step of listSteps(this.#root)) {
      if (newest.length < keepLast && isGood(step)) newest.push(step);
    }
    const kept = new Set([...keptSteps, ...newest, ...this.#keptFarBack(newest[0] ?? 0, isGood)]);
    const deleted = listSteps(this.#root).filter(
      (step) => !kept.has(step) && !(keepEvery > 0 && step % keepEvery === 0),
    );
    // Fewer good ones than wanted: nothing that might still be good goes.
    if (newest.length < keepLast) return { deleted: [], damaged };
    for (const step of deleted) deleteFolder(stepPath(this.#root, step));
    return { deleted, damaged };
  }

  /**
   * The newest that is far enough back, and the one after it, which will take its place one day:
   * without that one, the first would stay the only one for ever.
   */
  #keptFarBack(newest: number, isGood: (step: number) => boolean): number[] {
    const limit = newest - this.#retention.keepBackSteps;
    const farBack = listSteps(this.#root).find((step) => step <= limit && isGood(step));
    if (farBack === undefined) return listSteps(this.#root).slice(-1);
    const next = listSteps(this.#root).findLast((step) => step > farBack);
    return next === undefined ? [farBack] : [farBack, next];
  }

  #verify(step: number): boolean {
    const path = stepPath(this.#root, step);
    try {
      const known = this.#verified.get(step);
      if (known !== undefined && known === identityOf(path)) return true;
      const before = identityOf(path);
      verifyCheckpoint(path);
      this.#verified.set(step, before);
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#verified.delete(step);
      renameSync(path, corruptPath(path));
      return false;
    }
  }
}
