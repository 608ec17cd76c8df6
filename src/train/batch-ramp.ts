/** How large a batch is, by step. */
import { ConfigError } from '../base/index.ts';

/** The number of micro-batches of a step: a pure function, so a resumed run needs no state. */
export type BatchSchedule = (step: number) => number;

export interface BatchRampConfig {
  /** Micro-batches of step 0. */
  from: number;
  /** Micro-batches from step `rampSteps` on. */
  to: number;
  rampSteps: number;
}

/**
 * A batch that grows in a straight line, in whole micro-batches, as GPT-3's did over its first 4 to
 * 12 billion tokens (Brown et al. 2020, appendix B).
 *
 * @throws ConfigError for counts that are not whole or not above 0.
 */
export function batchRamp({ from, to, rampSteps }: BatchRampConfig): BatchSchedule {
  checkCount('batchRamp.from', from, 1);
  checkCount('batchRamp.to', to, 1);
  checkCount('batchRamp.rampSteps', rampSteps, 0);
  return (step) => (step >= rampSteps ? to : from + Math.floor(((to - from) * step) / rampSteps));
}

/** @throws ConfigError unless the value is a whole number of at least `least`. */
export function checkCount(what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ConfigError({ what, must: `be a whole number from ${least}`, got: String(value) });
}
