/** The table of all runs. */
import { formatBytes, formatNumber, formatSeconds, formatTable } from '../table.ts';
import type { FoundRuns } from './find-runs.ts';
import type { TrainingState } from './metrics-file.ts';
import type { RunFacts, StageFacts } from './run-facts.ts';

const header = [
  ...['run', 'recipe', 'state', 'stages', 'steps', 'loss', 'held out', 'bits/byte'],
  ...['time', 'size', 'changed'],
];

/** @param now for how long ago a run has changed, in milliseconds */
export function formatRuns({ runs, damaged, others }: FoundRuns, now: number): string {
  const rows = runs.map((run) => rowOf(run, now));
  const lines = [
    runs.length === 0 ? 'no runs yet; athanor run quickstart makes one' : '',
    ...(runs.length === 0 ? [] : [formatTable([header, ...rows], 3)]),
    ...damaged.map(({ name, problem }) => `damaged: ${name}: ${problem}`),
    others.length === 0 ? '' : `not runs: ${others.join(', ')}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** The last stage that trains, which is what a run is about. */
export function lastTraining(stages: readonly StageFacts[]): TrainingState | undefined {
  return stages.findLast(({ training }) => training !== undefined)?.training;
}

/** `–` for a number that there is not, `NaN` for one that was not finite. */
export function formatLoss(value: number | null | undefined): string {
  if (value === undefined) return '–';
  return value === null ? 'NaN' : formatNumber(value);
}

export function formatAge(changedAt: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(changedAt)) / 1000);
  if (seconds < 90) return 'just now';
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}

function rowOf(run: RunFacts, now: number): string[] {
  const numFinished = run.stages.filter(({ summary }) => summary !== undefined).length;
  const training = lastTraining(run.stages);
  return [
    ...[run.name, run.recipe.name, run.state, `${numFinished} of ${run.stages.length}`],
    training === undefined ? '–' : formatNumber(training.numSteps),
    ...[training?.loss, training?.heldOut.loss, training?.heldOut.bitsPerByte].map(formatLoss),
    ...[formatSeconds(run.seconds), formatBytes(run.sizeBytes), formatAge(run.changedAt, now)],
  ];
}
