/** Where a run is: all that the loop remembers from one step to the next, beside the tensors. */
import { newSpikeGuard, type SpikeGuardState } from './spike-guard.ts';

/** Samples that no update came from, and why. */
export interface LedgerEntry {
  /** The step at which it was decided. */
  step: number;
  reason: string;
  /** Global indices: the first sample that was skipped, and the one after the last. */
  firstSample: number;
  endSample: number;
}

/** JSON data; a checkpoint stores it as it is. */
export interface TrainSnapshot {
  /** Finished steps; the next one has this number. */
  step: number;
  /** The global index of the next sample. */
  consumedSamples: number;
  ledger: readonly LedgerEntry[];
  guard: SpikeGuardState;
}

/** The loop advances it; a stage stores it in checkpoints and sets it back when it resumes. */
export class TrainState {
  step = 0;
  consumedSamples = 0;
  ledger: readonly LedgerEntry[] = [];
  guard: SpikeGuardState = newSpikeGuard();

  /** A copy that later steps leave alone. */
  snapshot(): TrainSnapshot {
    const { step, consumedSamples, ledger, guard } = this;
    return { step, consumedSamples, ledger, guard };
  }

  /** Goes back (or forward) to a snapshot. */
  restore({ step, consumedSamples, ledger, guard }: TrainSnapshot): void {
    Object.assign(this, { step, consumedSamples, ledger, guard });
  }
}
