/** Learning rates by step. Each is a pure function of the step, so a resumed run needs no state. */
import { ConfigError } from '../base/index.ts';
import { checkNotNegative } from './parameter-group.ts';

/** The learning rate of a step, counted from 0. */
export type Schedule = (step: number) => number;

export interface ScheduleConfig {
  /** The highest rate. */
  peak: number;
  totalSteps: number;
  /** Steps of linear growth: step s gets peak · (s + 1) / warmupSteps. Default: 0. */
  warmupSteps?: number;
  /** The rate at the end and after. Default: 0. */
  final?: number;
}

/** After the warm-up, half a cosine down to `final` (Loshchilov & Hutter 2017, arXiv 1608.03983). */
export function cosine(config: ScheduleConfig): Schedule {
  return decaying(config, (progress) => (1 + Math.cos(Math.PI * progress)) / 2);
}

/** After the warm-up, a straight line down to `final`. */
export function linear(config: ScheduleConfig): Schedule {
  return decaying(config, (progress) => 1 - progress);
}

/**
 * Warm-up, stable, decay (Hu et al. 2024, MiniCPM, arXiv 2404.06395): `peak` until `decaySteps`
 * before the end, then a straight line down to `final`.
 */
export function wsd(config: ScheduleConfig & { decaySteps: number }): Schedule {
  const { totalSteps, warmupSteps = 0, decaySteps } = config;
  checkSteps('decaySteps', decaySteps, totalSteps - warmupSteps);
  const span = totalSteps - warmupSteps;
  const stable = span === 0 ? 0 : 1 - decaySteps / span;
  return decaying(config, (progress) => (progress <= stable ? 1 : (1 - progress) / (1 - stable)));
}

/** Warm-up, then `shape` of the share of the remaining steps that is done, from 1 to 0. */
function decaying(config: ScheduleConfig, shape: (progress: number) => number): Schedule {
  const { peak, totalSteps, warmupSteps = 0, final = 0 } = config;
  checkNotNegative('schedule.peak', peak);
  checkNotNegative('schedule.final', final);
  checkSteps('totalSteps', totalSteps, Number.MAX_SAFE_INTEGER);
  checkSteps('warmupSteps', warmupSteps, totalSteps);
  return (step) => {
    if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
    if (step >= totalSteps) return final;
    return final + (peak - final) * shape((step - warmupSteps) / (totalSteps - warmupSteps));
  };
}

function checkSteps(name: string, value: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= 0 && value <= max) return;
  throw new ConfigError({
    what: `schedule.${name}`,
    must: `be a whole number from 0 to ${max}`,
    got: String(value),
  });
}
