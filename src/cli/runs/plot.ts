/** Curves in a terminal, without colour: dots of braille, and letters. */
import { Canvas, sharedMark } from './canvas.ts';
import type { CurvePoint } from './thinned-curve.ts';

export interface Series {
  label: string;
  /** One character for each point; missing: a line of braille dots. */
  mark?: string;
  points: readonly CurvePoint[];
}

interface Range {
  from: number;
  to: number;
}

/**
 * Axes, curves and a legend.
 * @param width in characters, axes and numbers included
 * @param height in lines, without the axis of steps and the legend
 */
export function drawPlot(allSeries: readonly Series[], width: number, height: number): string {
  const points = allSeries.flatMap((series) => series.points.filter(([, value]) => value !== null));
  if (points.length === 0) return 'no loss to draw';
  const steps = rangeOf(points.map(([step]) => step));
  const values = rangeOf(points.map(([, value]) => value as number));
  const labels = ticksOf(values, Math.max(2, Math.floor(height / 3)));
  const margin = Math.max(...labels.map(({ text }) => text.length)) + 1;
  const canvas = new Canvas(Math.max(10, width - margin - 1), height);
  const place = ([step, value]: CurvePoint) =>
    value === null ? null : { x: shareOf(steps, step), y: 1 - shareOf(values, value) };
  for (const { mark, points: own } of allSeries) {
    const places = own.map(place);
    if (mark === undefined) canvas.line(places);
    else for (const at of places) if (at !== null) canvas.mark(at, mark);
  }
  const rowOf = ({ value }: Tick) => Math.round((1 - shareOf(values, value)) * (height - 1));
  const textOfRow = new Map(labels.map((label) => [rowOf(label), label.text]));
  const rows = canvas.rows().map((row, index) => {
    const text = textOfRow.get(index);
    return `${(text ?? '').padStart(margin - 1)} ${text === undefined ? '│' : '┤'}${row}`.trimEnd();
  });
  return [...rows, ...stepAxis(steps, margin, canvas.width), legendOf(allSeries, width)].join('\n');
}

interface Tick {
  value: number;
  text: string;
}

/** Round numbers in a range, at most so many; more where a narrow range has none between them. */
function ticksOf({ from, to }: Range, most: number): Tick[] {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  const ticks: Tick[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + 1e-9 * step; index++) {
    const value = index * step;
    ticks.push({
      value,
      text: Math.abs(value) < 1e7 && digits <= 6 ? value.toFixed(digits) : value.toExponential(1),
    });
  }
  return ticks.length > 0 ? ticks : ticksOf({ from, to }, 2 * most);
}

function stepAxis(steps: Range, margin: number, width: number): string[] {
  const line = Array.from({ length: width }, () => '─');
  const numbers = Array.from({ length: width }, () => ' ');
  let end = -1;
  for (const { value, text } of ticksOf(steps, Math.max(2, Math.floor(width / 14)))) {
    const at = Math.round(shareOf(steps, value) * (width - 1));
    const start = Math.max(0, Math.min(width - text.length, at - (text.length >> 1)));
    line[at] = '┬';
    if (start <= end) continue;
    for (const [index, digit] of [...text].entries()) numbers[start + index] = digit;
    end = start + text.length;
  }
  const indent = ' '.repeat(margin);
  return [`${indent}└${line.join('')}`, `${indent} ${numbers.join('')}`.trimEnd()];
}

/** In one line, or one line each where that is too long. */
function legendOf(allSeries: readonly Series[], width: number): string {
  const entries = allSeries.map(({ mark = '⠒⠒', label }) => `${mark} ${label}`);
  const marks = new Set(allSeries.map(({ mark }) => mark));
  if (marks.size > 2) entries.push(`${sharedMark} several`);
  const line = `  ${entries.join('    ')}`;
  return line.length <= width ? line : entries.map((entry) => `  ${entry}`).join('\n');
}

function rangeOf(values: readonly number[]): Range {
  let [from, to] = [Infinity, -Infinity];
  for (const value of values) [from, to] = [Math.min(from, value), Math.max(to, value)];
  // Values that are all but equal still need a place in the middle, and room for rounding.
  const size = Math.max(Math.abs(from), Math.abs(to));
  const isNarrow = to - from <= Math.max(1e-9 * size, 1e-100);
  const room = isNarrow ? Math.max(size / 10, 1e-6) : 0;
  return { from: from - room, to: to + room };
}

function shareOf({ from, to }: Range, value: number): number {
  return (value - from) / (to - from);
}
