/**
 * Stops of PPO that need nobody to watch: pure functions of what was seen, so that a replay decides
 * alike. KL, ratios and what comes of them first; answers that collapse; numbers that are none.
 */
import { collapseOf, show, valueSpike, words } from './collapse.ts';
import {
  type PpoGuardLimits,
  type PpoGuardState,
  type PpoVerdict,
  type RolloutSigns,
  ppoGuardRules as rules,
  type StepSigns,
} from './guard-rules.ts';

/** What to do, and what to remember from now on. */
export interface PpoJudgement {
  verdict: PpoVerdict;
  next: PpoGuardState;
}

/**
 * Judges a rollout before it is trained on.
 *
 * @param update its number
 */
export function judgeRollout(
  state: PpoGuardState,
  signs: RolloutSigns,
  update: number,
  { targetKl, maxShareUnfinished }: PpoGuardLimits,
): PpoJudgement {
  const broken = notFinite(signs);
  if (broken !== undefined) return skip(state, broken);
  const { entropy, distinct2, scoreMean, scoreStd, sequenceKl } = signs;
  const start = state.start ?? { entropy, distinct2, scoreMean, scoreStd };
  const collapse = collapseOf(signs, start, maxShareUnfinished);
  const hard = hardKl(sequenceKl, targetKl);
  const next = {
    ...state,
    start,
    numCollapsed: collapse === undefined ? 0 : state.numCollapsed + 1,
    numHardKl: hard === undefined ? 0 : state.numHardKl + 1,
    numSoftKl: sequenceKl > rules.softKl * targetKl ? state.numSoftKl + 1 : 0,
  };
  if (next.numCollapsed >= rules.collapsedInARow) {
    const reason = `${collapse}, ${next.numCollapsed} times in a row`;
    return { verdict: { action: 'stop', reason }, next };
  }
  if (hard !== undefined && next.numHardKl >= rules.hardInARow) {
    return stopEpoch(next, hard, update);
  }
  return softKl(next, sequenceKl, targetKl);
}

/** Judges a step of the optimizer, once its gradient is there and before the weights change. */
export function judgePpoStep(state: PpoGuardState, signs: StepSigns, update: number): PpoJudgement {
  const broken = notFinite(signs) ?? valueSpike(signs.valueLoss, state.valueLosses);
  if (broken !== undefined) return skip(state, broken);
  const hard = hardStep(signs);
  const next = {
    ...state,
    numSkipped: 0,
    numHardSteps: hard === undefined ? 0 : state.numHardSteps + 1,
    valueLosses: [...state.valueLosses, signs.valueLoss].slice(-rules.valueLossWindow),
  };
  if (hard !== undefined && next.numHardSteps >= rules.hardInARow)
    return stopEpoch(next, hard, update);
  return { verdict: { action: 'ok' }, next };
}

/** What the guard of a checkpoint remembers once a run went back to it from `update`. */
export function afterPpoRollback(
  restored: PpoGuardState,
  current: PpoGuardState,
  update: number,
): PpoGuardState {
  const rollbackUpdates = [...current.rollbackUpdates, update];
  const numbers = { numSoftKl: 0, numHardKl: 0, numHardSteps: 0, numCollapsed: 0, numSkipped: 0 };
  return { ...restored, ...numbers, epochStops: [], rollbackUpdates };
}

function softKl(next: PpoGuardState, sequenceKl: number, targetKl: number): PpoJudgement {
  if (next.numSoftKl < rules.softKlRollouts) return { verdict: { action: 'ok' }, next };
  const times = `${next.numSoftKl} times in a row`;
  const reason = `KL ${show(sequenceKl)} above ${rules.softKl} × ${targetKl}, ${times}`;
  return { verdict: { action: 'raise beta', reason }, next };
}

function skip(state: PpoGuardState, reason: string): PpoJudgement {
  const next = { ...state, numSkipped: state.numSkipped + 1 };
  if (next.numSkipped <= rules.skipsInARow) return { verdict: { action: 'skip', reason }, next };
  return goBack(next, `${reason}; ${next.numSkipped} in a row could not be used`);
}

function stopEpoch(state: PpoGuardState, reason: string, update: number): PpoJudgement {
  const recent = state.epochStops.filter((at) => at > update - rules.recentUpdates);
  const next = { ...state, numHardKl: 0, numHardSteps: 0, epochStops: [...recent, update] };
  if (next.epochStops.length < rules.epochStops) {
    const full = `${reason}, ${rules.hardInARow} times in a row`;
    return { verdict: { action: 'stop epoch', reason: full }, next };
  }
  const numStopped = next.epochStops.length;
  return goBack(next, `${reason}; ${numStopped} epochs were stopped for such signs`);
}

function goBack(next: PpoGuardState, reason: string): PpoJudgement {
  const numBack = next.rollbackUpdates.length;
  if (numBack < rules.rollbacks) return { verdict: { action: 'roll back', reason }, next };
  return { verdict: { action: 'stop', reason: `${reason}, after ${numBack} returns` }, next };
}

function notFinite(signs: RolloutSigns | StepSigns): string | undefined {
  const broken = Object.entries(signs).find(([, value]) => !Number.isFinite(value));
  return broken === undefined ? undefined : `${words(broken[0])} ${broken[1]}`;
}

function hardKl(sequenceKl: number, targetKl: number): string | undefined {
  if (sequenceKl > rules.hardKl * targetKl) {
    return `KL ${show(sequenceKl)} above ${rules.hardKl} × ${targetKl}`;
  }
  if (sequenceKl >= rules.negativeKl * targetKl) return undefined;
  return `KL ${show(sequenceKl)}, far below 0: the reference is not what the policy began as`;
}

function hardStep({ ratioMean, clipFraction }: StepSigns): string | undefined {
  if (ratioMean > rules.ratioMean || ratioMean < 1 / rules.ratioMean) {
    return `mean ratio ${show(ratioMean)}, far from 1`;
  }
  if (clipFraction <= rules.clipFraction) return undefined;
  return `${show(100 * clipFraction)} % of tokens clipped, above ${100 * rules.clipFraction} %`;
}
