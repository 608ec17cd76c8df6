/** One run in detail. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatCheck, formatStage } from '../run-report.ts';
import { formatBytes, formatNumber, formatSeconds } from '../table.ts';
import { formatAge, formatLoss } from './list-runs.ts';
import { type Curves, readCurves } from './metrics-file.ts';
import { drawPlot } from './plot.ts';
import { metricsFile, type RunFacts, type StageFacts } from './run-facts.ts';

export interface RunDetails extends RunFacts {
  /** Stage → the names of its checkpoints. They were not verified. */
  checkpoints: Readonly<Record<string, readonly string[]>>;
  /** Stage → its losses. */
  curves: Readonly<Record<string, Curves>>;
}

/** Half of it is what a wide terminal can show. */
const maxPoints = 1000;
const plotHeight = 15;

/** @throws FileError for metrics that cannot be read. */
export async function readDetails(run: RunFacts): Promise<RunDetails> {
  const curves: Record<string, Curves> = {};
  const checkpoints: Record<string, string[]> = {};
  for (const { name, training } of run.stages) {
    const folder = join(run.folder, name, 'checkpoints');
    if (existsSync(folder)) {
      const names = readdirSync(folder).filter((file) => /^step-\d+(\.corrupt.*)?$/.test(file));
      checkpoints[name] = names.sort();
    }
    if (training !== undefined) {
      curves[name] = await readCurves(join(run.folder, name, metricsFile), maxPoints);
    }
  }
  return { ...run, checkpoints, curves };
}

/** @param width of the terminal, in characters */
export function formatDetails(run: RunDetails, width: number, now: number): string {
  const { name, recipe, state, seconds, sizeBytes, changedAt } = run;
  const size = `${formatSeconds(seconds)} · ${formatBytes(sizeBytes)} · ${formatAge(changedAt, now)}`;
  const parts = [
    `${name} · recipe ${recipe.name} · ${state} · ${size}`,
    ...run.stages.flatMap((stage) => formatStageFacts(stage, run)),
  ];
  for (const [stage, { training, heldOut, numRejected }] of Object.entries(run.curves)) {
    const series = [
      { label: 'training loss', points: training },
      { label: 'held-out loss', mark: 'o', points: heldOut },
    ].filter(({ points }) => points.length > 0);
    parts.push('', `${stage}: loss by step`, drawPlot(series, width, plotHeight));
    if (numRejected > 0) parts.push(`${numRejected} lines of ${metricsFile} are no records`);
  }
  return parts.join('\n');
}

function formatStageFacts(stage: StageFacts, { checkpoints }: RunDetails): string[] {
  const { name, summary, training } = stage;
  const saved = checkpoints[name] ?? [];
  const numSteps = training === undefined ? '' : `, ${formatNumber(training.numSteps)} steps done`;
  return [
    summary === undefined ? `· ${name}  not finished${numSteps}` : formatStage(summary, false),
    ...(summary?.checks ?? []).map((check) => `    ${formatCheck(check)}`),
    ...(summary === undefined && training !== undefined ? [formatTraining(training)] : []),
    ...(saved.length === 0 ? [] : [`    checkpoints: ${saved.join(', ')}`]),
  ];
}

function formatTraining({ loss, heldOut }: NonNullable<StageFacts['training']>): string {
  const numbers = Object.entries(heldOut).map(([name, value]) => `${name} ${formatLoss(value)}`);
  const measured = numbers.length === 0 ? '' : ` · held out: ${numbers.join(' · ')}`;
  return `    training loss ${formatLoss(loss)}${measured}`;
}
