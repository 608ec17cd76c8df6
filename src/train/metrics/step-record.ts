/** What is told of a step: to machines as a record, to TensorBoard as curves, to people as a line. */
import type { Throughput } from './throughput.ts';

/** One line of metrics.jsonl, and of `--json`. A number that is not finite stands there as null. */
export interface StepRecord extends Throughput {
  step: number;
  loss: number;
  gradNorm: number;
  learningRate: number;
  numTokens: number;
  seconds: number;
  skipped?: string;
  /** Memory of this process that lies in RAM. */
  residentBytes: number;
  /** Held by tensors on the CUDA device. */
  cudaBytes?: number;
  /** Spent on this run since its very first start, lost work included. */
  secondsElapsed: number;
  /** In the currency of the price that was given. */
  cost?: number;
}

/** Where the numbers of a record stand in TensorBoard: `group/name`. */
export function curvesOf(record: StepRecord): Record<string, number> {
  const groups = {
    train: ['loss', 'gradNorm', 'learningRate', 'cost'],
    speed: ['tokensPerSecond', 'modelFlopsUtilization', 'seconds'],
    memory: ['residentBytes', 'cudaBytes'],
  } as const;
  const named = Object.entries(groups).flatMap(([group, names]) =>
    names.map((name) => [`${group}/${name}`, record[name]] as const),
  );
  return Object.fromEntries(named.filter(([, value]) => value !== undefined)) as Record<
    string,
    number
  >;
}

/**
 * The line for people; what matters most stands first, for the terminal may be narrow.
 * @param outcome what stands in the place of the loss
 */
export function lineOf(record: StepRecord, numSteps: number, outcome?: string): string {
  const done = (record.step + 1) / numSteps;
  const { loss, skipped, gradNorm, learningRate, modelFlopsUtilization: mfu, cost } = record;
  const parts = [
    `${bar(done)} ${Math.floor(100 * done)}%`,
    `step ${record.step + 1}/${numSteps}`,
    skipped === undefined ? (outcome ?? `loss ${loss.toFixed(3)}`) : `skipped: ${skipped}`,
    `${compact(record.tokensPerSecond)} tokens/s`,
    `${duration(record.secondsLeft)} left`,
    ...(mfu === undefined ? [] : [`MFU ${(100 * mfu).toFixed(0)}%`]),
    `lr ${learningRate.toExponential(1)}`,
    `grad ${gradNorm.toPrecision(2)}`,
    `${compact(record.residentBytes)}B`,
    ...(record.cudaBytes === undefined ? [] : [`GPU ${compact(record.cudaBytes)}B`]),
    ...(cost === undefined ? [] : [`cost ${cost.toFixed(2)}`]),
  ];
  return parts.join(' · ');
}

/** `━━━━━━╸───`, in half cells. */
function bar(share: number): string {
  const numCells = 10;
  const halves = Math.min(2 * numCells, Math.floor(2 * numCells * share));
  const full = '━'.repeat(halves >> 1) + (halves % 2 === 1 ? '╸' : '');
  return full.padEnd(numCells, '─');
}

/** 12345 → `12.3k`; three digits, with the letters of thousands. */
function compact(value: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let unit = 0;
  let scaled = value;
  for (; scaled >= 999.5 && unit < units.length - 1; unit++) scaled /= 1000;
  const digits = scaled >= 99.95 || unit === 0 ? 0 : 1;
  return `${scaled.toFixed(digits)}${units[unit]}`;
}

/** `0:42`, `12:05`, `3:07:00`, `2d 04:00`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const minutes = Math.floor(whole / 60) % 60;
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(whole % 60)}`;
  return `${minutes}:${two(whole % 60)}`;
}
