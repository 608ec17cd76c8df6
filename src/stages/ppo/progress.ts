/** What a run of PPO remembers from one update to the next, beside weights and optimizers. */
import { z } from 'zod';
import {
  afterPpoRollback,
  newPpoGuard,
  type PpoGuardState,
  ppoGuardRules,
} from '../../rl/index.ts';

/** Lies in every checkpoint. */
export const documentName = 'ppo.json';

const number = z.number();
const finiteOrNull = number.nullable().transform((value) => value ?? Number.NaN);

const guard = z.object({
  start: z
    .object({ entropy: number, distinct2: number, scoreMean: number, scoreStd: number })
    .nullable(),
  ...{ numSoftKl: number, numHardKl: number, numHardSteps: number },
  ...{ numCollapsed: number, numSkipped: number },
  ...{ epochStops: z.array(number), valueLosses: z.array(number) },
  rollbackUpdates: z.array(number),
}) satisfies z.ZodType<PpoGuardState>;

const values = z.record(z.string(), finiteOrNull);
const schema = z.object({ beta: number, guard, first: values, last: values });

export class PpoProgress {
  /** The price of a nat of KL. */
  beta: number;
  guard: PpoGuardState = newPpoGuard();
  /** Of the first and the last update that was made. */
  first: Readonly<Record<string, number>> = {};
  last: Readonly<Record<string, number>> = {};

  constructor(beta: number) {
    this.beta = beta;
  }

  /** Each return to an earlier checkpoint halves the learning rates. */
  get rateFactor(): number {
    return 0.5 ** this.guard.rollbackUpdates.length;
  }

  /** The last update before which nothing showed that `update`, and those before it, are in trouble. */
  lastGood(update: number): number {
    return Math.max(0, Math.min(update, ...this.guard.epochStops) - ppoGuardRules.hardInARow);
  }

  /** Remembers what an update showed. */
  tell(shown: Readonly<Record<string, number>>): void {
    if (Object.keys(this.first).length === 0) this.first = shown;
    this.last = shown;
  }

  toJson(): string {
    const { beta, guard, first, last } = this;
    return `${JSON.stringify({ beta, guard, first, last }, null, 2)}\n`;
  }

  /** @param text that of a checkpoint, for which its manifest has vouched */
  restore(text: string | undefined): void {
    if (text !== undefined) Object.assign(this, schema.parse(JSON.parse(text)));
  }

  /** As `restore`, when the run went back from an update: that is not forgotten. */
  goBack(text: string | undefined, update: number): void {
    const current = this.guard;
    this.restore(text);
    this.guard = afterPpoRollback(this.guard, current, update);
  }
}
