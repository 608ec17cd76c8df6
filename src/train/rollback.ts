/** Back to an earlier checkpoint, and on from there with other samples. */
import { StoppedByGuardError } from '../base/index.ts';
import type { Restorable } from './checkpoint/checkpoint.ts';
import type { CheckpointStore } from './checkpoint/store.ts';
import { afterRollback } from './spike-guard.ts';
import type { RollbackRequest } from './train-config.ts';
import type { TrainState } from './train-state.ts';

/**
 * Does what a step report asked for: loads the newest whole checkpoint that is old enough (the oldest
 * of all when none is), removes those after it, and moves on to the first sample behind the spike.
 * The samples between are in the ledger.
 *
 * @param targets file name → what takes its tensors back: the model, the optimizer
 * @returns the step from which training goes on
 * @throws StoppedByGuardError when there is no checkpoint before the spike.
 */
export async function rollBack(
  { fromStep, atMostStep, nextSample }: RollbackRequest,
  store: CheckpointStore,
  state: TrainState,
  targets: Readonly<Record<string, Restorable>>,
): Promise<number> {
  const checkpoint = (await store.load(atMostStep)) ?? (await store.loadOldest());
  if (checkpoint === undefined || checkpoint.step > fromStep) {
    throw new StoppedByGuardError({
      what: `training at step ${fromStep}`,
      must: 'have an earlier checkpoint to go back to',
      got: 'none',
      hint: 'save a checkpoint at step 0, and more often',
    });
  }
  checkpoint.restore(targets);
  const guard = afterRollback(checkpoint.state.guard, state.guard, fromStep);
  const firstSample = checkpoint.state.consumedSamples;
  const entry = { step: fromStep, reason: 'went back', firstSample, endSample: nextSample };
  const ledger = [...checkpoint.state.ledger, entry];
  state.restore({ step: checkpoint.step, consumedSamples: nextSample, ledger, guard });
  await store.discardAfter(checkpoint.step);
  return checkpoint.step;
}
