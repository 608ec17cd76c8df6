/** How a run of a recipe looks in the terminal. */
import type { Check } from '../base/index.ts';
import type { RunSummary, StageSummary } from '../recipe/index.ts';

/** One line for a stage that has ended. */
export function formatStage({ name, seconds, metrics }: StageSummary, isOld: boolean): string {
  const numbers = Object.entries(metrics).map(([key, value]) => `${key} ${short(value)}`);
  const when = isOld ? 'done before' : duration(seconds);
  return [`✓ ${name.padEnd(10)}`, when.padStart(11), numbers.join(' · ')].join('  ');
}

/** The table at the end. */
export function formatSummary({ stages, pass }: RunSummary, folder: string): string {
  const checks = stages.flatMap(({ checks }) => checks.map(formatCheck));
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const verdict = pass ? 'every check holds' : 'NOT every check holds';
  return [...checks, `${duration(seconds)} in all · ${verdict} · ${folder}/summary.json`].join(
    '\n',
  );
}

function formatCheck({ name, value, target, pass }: Check): string {
  const got = typeof value === 'number' ? short(value) : value.replaceAll('\n', '⏎');
  return `${pass ? '✓' : '✗'} ${name}: ${got}${pass && got === target ? '' : ` (target ${target})`}`;
}

function short(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toPrecision(4);
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
