/** Everything that a run tells of itself, in one object for the loop body. */
import { ConfigError, ProgressLine, type ProgressOptions } from '../../base/index.ts';
import { cudaMemoryStats, type Device } from '../../tensor/index.ts';
import type { StepReport } from '../train-config.ts';
import { MetricsFiles } from './metrics-files.ts';
import { curvesOf, lineOf, type StepRecord } from './step-record.ts';
import { rounded, type ThroughputConfig, ThroughputMeter } from './throughput.ts';

export interface TrainMetricsConfig extends ThroughputConfig {
  /** The folder of the run: metrics.jsonl, and tensorboard/ with event files. */
  folder: string;
  /** Finished steps at this start: 0, or what `resume` answered. Records from there on are cut off. */
  startStep: number;
  device?: Device;
  /** Of the machine, in any currency. */
  pricePerHour?: number;
  /** How the run is shown: see {@link ProgressOptions}; `style: 'json'` is for machines. */
  progress?: ProgressOptions;
}

/** What a step tells beside what all steps tell. */
export interface MoreOfStep {
  /** By `group/name`, as TensorBoard shows them. */
  values: Readonly<Record<string, number>>;
  /** In the place of the loss in the line of progress. */
  line?: string;
}

/**
 * Writes metrics.jsonl and event files, and shows the progress line. All three continue where the
 * checkpoint is, so that a resumed run shows one curve: evaluate before saving, else a kill between
 * the two loses what the evaluation told.
 */
export class TrainMetrics implements Disposable {
  readonly #config: TrainMetricsConfig;
  readonly #files: MetricsFiles;
  readonly #meter: ThroughputMeter;
  readonly #progress: ProgressLine;
  readonly #startedAt = performance.now();
  #lastAt = this.#startedAt;

  /** @throws FileError when the folder cannot be written; ConfigError for a price below 0. */
  constructor(config: TrainMetricsConfig) {
    const { folder, startStep, pricePerHour: price = 0 } = config;
    if (!(price >= 0)) {
      const must = 'be 0 or more';
      throw new ConfigError({ what: 'train.pricePerHour', must, got: String(price) });
    }
    this.#config = config;
    this.#meter = new ThroughputMeter(config);
    this.#progress = new ProgressLine(config.progress);
    this.#files = new MetricsFiles(folder, startStep, (message) => this.note(`ALARM: ${message}`));
  }

  /**
   * Tells of a finished step.
   * @param more numbers that the step gave beside its loss, and what the line shows of them
   */
  step(report: StepReport, more: MoreOfStep = { values: {} }): StepRecord {
    const now = performance.now();
    const throughput = this.#meter.add(report, (now - this.#lastAt) / 1000);
    this.#lastAt = now;
    const record = { ...numbersOf(report), ...throughput, ...this.#expenses(now) };
    const all = { ...record, ...more.values };
    this.#files.write(all, { ...curvesOf(record), ...more.values });
    this.#progress.update(lineOf(record, this.#config.numSteps, more.line), all);
    return record;
  }

  /** What was done until now is no part of the next step's time. */
  restartClock(): void {
    this.#lastAt = performance.now();
  }

  /**
   * Tells more about a step, such as `{'validation/loss': 3.1}`.
   *
   * @param step the number of the step after which it was measured
   */
  values(step: number, values: Readonly<Record<string, number>>): void {
    const record = { step, ...values };
    this.#files.write(record, values);
    const shown = Object.entries(values).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
    this.#progress.note(`step ${step + 1}: ${shown.join(', ')}`, record);
  }

  /** Shows a line that stays: a sample, a difference on resume, an alarm. */
  note(text: string, record?: object): void {
    this.#progress.note(text, record);
  }

  /** Forgets the steps from this one on: call it with what `rollBack` returned. */
  rolledBack(step: number): void {
    this.#files.goBackTo(step);
    this.note(`went back to step ${step}`, { wentBackTo: step });
  }

  /** Lets the metrics reach the disk. Call it before a checkpoint that they must not lag behind. */
  sync(): void {
    this.#files.sync();
  }

  close(): void {
    this.#progress.close();
    this.#files.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #expenses(now: number) {
    const { device = 'cpu', pricePerHour } = this.#config;
    const secondsElapsed = this.#files.secondsBefore + (now - this.#startedAt) / 1000;
    return {
      residentBytes: process.memoryUsage.rss(),
      ...(device === 'cpu' ? {} : { cudaBytes: cudaMemoryStats(indexOf(device)).liveBytes }),
      secondsElapsed: rounded(secondsElapsed),
      ...(pricePerHour === undefined
        ? {}
        : { cost: rounded((pricePerHour * secondsElapsed) / 3600) }),
    };
  }
}

function numbersOf(report: StepReport) {
  const { step, loss, gradNorm, learningRate, numTokens, seconds, skipped } = report;
  const numbers = { step, loss, gradNorm, learningRate, numTokens, seconds };
  return skipped === undefined ? numbers : { ...numbers, skipped };
}

/** `cuda:1` → 1 */
function indexOf(device: Device): number {
  return Number(device.split(':')[1] ?? 0);
}
