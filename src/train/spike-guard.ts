/**
 * What to do with a step whose loss or gradient is not like those before it: a pure function of what
 * was seen, so that a replay decides alike, and all ranks do when they are given the same numbers.
 *
 * PaLM (Chowdhery et al. 2022, arXiv 2204.02311, section 5.1) went back 100 steps and left out 200
 * to 500 batches, by hand. Here the numbers decide.
 */

/** What a step showed before its update. */
export interface StepSigns {
  step: number;
  loss: number;
  /** Before clipping; NaN when a gradient is not finite. */
  gradNorm: number;
}

/** JSON data: all that the guard remembers. */
export interface SpikeGuardState {
  /** The last accepted values, the oldest first. */
  losses: readonly number[];
  gradNorms: readonly number[];
  /** Steps of the last {@link guardRules.recentSteps} that were skipped. */
  skippedSteps: readonly number[];
  /** How many of them were the last ones, without an accepted step between. */
  numInARow: number;
  /** Steps from which the run went back. */
  rollbackSteps: readonly number[];
}

/** What to do with a step; `rollback` and `stop` skip it too. */
export type Verdict =
  | { action: 'accept' }
  | { action: 'skip' | 'rollback' | 'stop'; reason: string };

export const guardRules = {
  /** Accepted values that a new one is compared with. Before there are so many, only non-finite ones are refused. */
  windowSteps: 128,
  /** A spike is above median + 6 deviations, as the median absolute deviation estimates them. */
  numDeviations: 6,
  deviationPerMad: 1.4826,
  /**
   * And a gradient norm is above so many medians. Those of small batches have heavy tails: healthy
   * runs had 1.7 and 2.4 times the usual norm, and clipping deals with that.
   */
  minGradFactor: 4,
  /** So many skips in a row, or so many in the recent steps, call for going back. */
  maxInARow: 4,
  maxRecent: 10,
  recentSteps: 1000,
  /** How far to go back at least, and how many batches to leave out after the spike. */
  rollbackSteps: 100,
  skipBatches: 200,
  /** One more on the same stretch of steps, and the run stops. */
  maxRollbacks: 3,
} as const;

/** What a sign must reach to be a spike at all. */
export interface LeastSpike {
  /** Nats above the median. */
  lossRise: number;
  gradNorm: number;
}

/** A guard that has seen nothing. */
export function newSpikeGuard(): SpikeGuardState {
  return { losses: [], gradNorms: [], skippedSteps: [], numInARow: 0, rollbackSteps: [] };
}

/**
 * Judges a step before its update.
 *
 * @returns what to do, and what to remember from now on
 */
export function judgeStep(
  state: SpikeGuardState,
  signs: StepSigns,
  least: LeastSpike = { lossRise: 0, gradNorm: 0 },
): { verdict: Verdict; next: SpikeGuardState } {
  const leastLoss = (middle: number) => middle + least.lossRise;
  const leastGradNorm = (middle: number) =>
    Math.max(guardRules.minGradFactor * middle, least.gradNorm);
  const reason =
    findSpike('loss', signs.loss, state.losses, leastLoss) ??
    findSpike('gradient norm', signs.gradNorm, state.gradNorms, leastGradNorm);
  return reason === undefined ? accept(state, signs) : refuse(state, signs.step, reason);
}

/** What the guard of a checkpoint remembers once a run went back to it from `fromStep`. */
export function afterRollback(
  restored: SpikeGuardState,
  current: SpikeGuardState,
  fromStep: number,
): SpikeGuardState {
  return { ...restored, rollbackSteps: [...current.rollbackSteps, fromStep] };
}

function accept(state: SpikeGuardState, { step, loss, gradNorm }: StepSigns) {
  const next = {
    ...state,
    losses: [...state.losses, loss].slice(-guardRules.windowSteps),
    gradNorms: [...state.gradNorms, gradNorm].slice(-guardRules.windowSteps),
    skippedSteps: recent(state.skippedSteps, step),
    numInARow: 0,
  };
  return { verdict: { action: 'accept' } as const, next };
}

/** The values of a refused step are not remembered: one NaN must not spoil the steps after it. */
function refuse(state: SpikeGuardState, step: number, reason: string) {
  const skippedSteps = [...recent(state.skippedSteps, step), step];
  const next = { ...state, skippedSteps, numInARow: state.numInARow + 1 };
  const { maxInARow, maxRecent, recentSteps, maxRollbacks } = guardRules;
  const isPersistent = next.numInARow >= maxInARow || skippedSteps.length >= maxRecent;
  const numHere = state.rollbackSteps.filter((at) => Math.abs(step - at) < recentSteps).length;
  const action = !isPersistent ? 'skip' : numHere < maxRollbacks ? 'rollback' : 'stop';
  return { verdict: { action, reason } as const, next };
}

function recent(steps: readonly number[], now: number): number[] {
  return steps.filter((step) => step > now - guardRules.recentSteps);
}

/** @param leastLimit of the median: a value below is none */
function findSpike(
  what: string,
  value: number,
  accepted: readonly number[],
  leastLimit: (middle: number) => number,
): string | undefined {
  if (!Number.isFinite(value)) return `${what} ${value}`;
  if (accepted.length < guardRules.windowSteps) return undefined;
  const middle = median(accepted);
  const mad = median(accepted.map((other) => Math.abs(other - middle)));
  const spread = guardRules.numDeviations * guardRules.deviationPerMad * mad;
  const limit = Math.max(middle + spread, leastLimit(middle));
  // Equal values have no deviation at all, and the next one may differ by rounding.
  const rounding = 1e-6 * Math.abs(middle);
  if (value <= limit + rounding) return undefined;
  return `${what} ${value.toPrecision(4)} above ${limit.toPrecision(4)}`;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}
