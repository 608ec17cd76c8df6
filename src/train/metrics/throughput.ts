/** How fast a run is, and how long it will still take. */
import { ConfigError } from '../../base/index.ts';

/** Seconds after which a step counts for a third: speed is shown as it is now, without trembling. */
const speedSpanSeconds = 30;
/** Longer, so that one evaluation between two steps does not shift the end of the run. */
const paceSpanSeconds = 300;

export interface ThroughputConfig {
  /** The step after the last one. */
  numSteps: number;
  /** Floating-point operations of forward and backward for one token, when they are known. */
  flopsPerToken?: number;
  /** What the machine can do, in FLOP/s: from its data sheet, or from `measurePeakFlops`. */
  peakFlops?: number;
}

export interface Throughput {
  /** Over the steps alone, without what the loop body does between them. */
  tokensPerSecond: number;
  /** The share of the peak that the model's own operations make up, from 0 to 1 (PaLM, appendix B). */
  modelFlopsUtilization?: number;
  /** Until the last step, with what the loop body does between them. */
  secondsLeft: number;
}

/** Averages the speed of steps; newer ones count more. */
export class ThroughputMeter {
  readonly #config: ThroughputConfig;
  readonly #tokens = new MovingRate(speedSpanSeconds);
  readonly #steps = new MovingRate(paceSpanSeconds);

  /** @throws ConfigError for a peak or a cost of tokens that is not above 0. */
  constructor(config: ThroughputConfig) {
    for (const name of ['flopsPerToken', 'peakFlops'] as const) {
      const value = config[name];
      if (value === undefined || value > 0) continue;
      throw new ConfigError({ what: `train.${name}`, must: 'be above 0', got: String(value) });
    }
    this.#config = config;
  }

  /**
   * @param report a finished step; `seconds` are its own
   * @param secondsSinceLast since the step before ended, pauses included
   */
  add(
    report: { step: number; numTokens: number; seconds: number },
    secondsSinceLast: number,
  ): Throughput {
    const { numSteps, flopsPerToken, peakFlops } = this.#config;
    const tokensPerSecond = this.#tokens.add(report.numTokens, report.seconds);
    const stepsPerSecond = this.#steps.add(1, secondsSinceLast);
    const secondsLeft = Math.max(0, numSteps - report.step - 1) / stepsPerSecond;
    const speed = { tokensPerSecond: rounded(tokensPerSecond), secondsLeft: rounded(secondsLeft) };
    if (flopsPerToken === undefined || peakFlops === undefined) return speed;
    return {
      ...speed,
      modelFlopsUtilization: rounded((flopsPerToken * tokensPerSecond) / peakFlops),
    };
  }
}

/** A measured number to the digits that mean something. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Amount per second, in which an amount loses weight as e^(−age / span). */
class MovingRate {
  readonly #spanSeconds: number;
  #amount = 0;
  #seconds = 0;

  constructor(spanSeconds: number) {
    this.#spanSeconds = spanSeconds;
  }

  add(amount: number, seconds: number): number {
    const kept = Math.exp(-seconds / this.#spanSeconds);
    this.#amount = this.#amount * kept + amount;
    this.#seconds = this.#seconds * kept + seconds;
    // A clock may not tick within a very short step.
    return this.#amount / Math.max(this.#seconds, 1e-9);
  }
}
