/** A benchmark's result for people. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import type { Row } from './row.ts';

const header = ['what', 'ours', 'peer', 'ratio', 'spread', 'target', 'pass'];

/** A table of all rows; the spread is the middle half of the rounds' ratios. */
export function formatTable(rows: readonly Row[]): string {
  return alignColumns([header, ...rows.map(cells)]);
}

/** Lines of cells, the first column to the left and the others to the right. */
export function alignColumns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) => line.map((cell, column) => align(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The conditions of a measurement: machine, versions, commit, date, and how busy it was. */
export function describeMachine(versions: string): string {
  const processors = cpus();
  const machine = `${processors[0]?.model.trim()}, ${processors.length} processors`;
  const node = `Node ${process.versions.node}`;
  const load = `load ${(loadavg()[0] ?? 0).toFixed(1)} before`;
  return [machine, node, versions, `commit ${commit()}`, new Date().toISOString(), load].join('; ');
}

/** A number with four significant digits, never in scientific notation above 0.001. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 1000) return String(Math.round(value));
  return Math.abs(value) >= 1e-3 ? value.toPrecision(4) : value.toExponential(2);
}

function cells(row: Row): string[] {
  const measured = (value: number | null) =>
    value === null ? 'none' : `${formatNumber(value)} ${row.unit}`;
  const peerName = row.peerName === null ? '' : ` (${row.peerName})`;
  return [
    row.name,
    measured(row.ours),
    measured(row.peer) + peerName,
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.spread === null ? '' : row.spread.map((ratio) => ratio.toFixed(2)).join('–'),
    `≥ ${row.target}`,
    row.pass === null ? 'skipped' : row.pass ? 'yes' : 'NO',
  ];
}

function align(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' + changes';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
}
