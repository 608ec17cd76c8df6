/** How a run of a recipe looks in the terminal. */
import type { Check } from '../base/index.ts';
import type { RunSummary, StageSummary } from '../recipe/index.ts';
import { formatNumber, formatSeconds } from './table.ts';

/** One line for a stage that has ended. */
export function formatStage({ name, seconds, metrics }: StageSummary, isOld: boolean): string {
  const numbers = Object.entries(metrics).map(([key, value]) => `${key} ${formatNumber(value)}`);
  const when = isOld ? 'done before' : formatSeconds(seconds);
  return [`✓ ${name.padEnd(10)}`, when.padStart(11), numbers.join(' · ')].join('  ');
}

/** The table at the end. */
export function formatSummary({ stages, pass }: RunSummary, folder: string): string {
  const checks = stages.flatMap(({ checks }) => checks.map(formatCheck));
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const verdict = pass ? 'every check holds' : 'NOT every check holds';
  return [...checks, `${formatSeconds(seconds)} in all · ${verdict} · ${folder}/summary.json`].join(
    '\n',
  );
}

/** One line: whether it holds, what was got, what it must be. */
export function formatCheck({ name, value, target, pass }: Check): string {
  const got = typeof value === 'number' ? formatNumber(value) : value.replaceAll('\n', '⏎');
  return `${pass ? '✓' : '✗'} ${name}: ${got}${pass && got === target ? '' : ` (target ${target})`}`;
}
