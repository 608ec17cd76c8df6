/** Going on where a run ended, however it ended. */
import type { TrainState } from '../train-state.ts';
import type { Checkpoint, Restorable } from './checkpoint.ts';
import {
  compareFacts,
  type Difference,
  machineRules,
  type ResumeRules,
  refuseUnsafe,
} from './compare-facts.ts';
import type { Facts } from './manifest.ts';
import type { CheckpointStore } from './store.ts';

export interface ResumeOptions {
  store: CheckpointStore;
  state: TrainState;
  /** File name → what takes its tensors back: the model, the optimizer. */
  targets: Readonly<Record<string, Restorable>>;
  /** The facts of this start, as the store has them. */
  facts: Facts;
  /** For the fields of the recipe and the inputs; without one, a difference is refused. */
  rules?: ResumeRules;
}

/** What was resumed. */
export interface Resumed {
  step: number;
  /** With the documents that lie beside the weights. */
  checkpoint: Checkpoint;
  /** Whether the run will end in the same bits as an uninterrupted one, as far as one can tell. */
  isExact: boolean;
  /** For the user to read: {@link describeDifference}. */
  differences: readonly Difference[];
}

/**
 * Loads the newest whole checkpoint into model, optimizer and state.
 *
 * @returns what was resumed, or `undefined` when the run starts at its beginning
 * @throws ConfigError when the run is not the one that was saved; NoUsableCheckpointError when all
 *   checkpoints are damaged.
 */
export async function resume(options: ResumeOptions): Promise<Resumed | undefined> {
  const { store, state, targets, facts, rules = {} } = options;
  const checkpoint = await store.load();
  if (checkpoint === undefined) return undefined;
  const differences = compareFacts(checkpoint.facts, facts, { ...machineRules, ...rules });
  refuseUnsafe(differences);
  checkpoint.restore(targets);
  state.restore(checkpoint.state);
  const isExact = differences.every(({ rule }) => rule === 'checkpoint wins');
  return { step: checkpoint.step, checkpoint, isExact, differences };
}
