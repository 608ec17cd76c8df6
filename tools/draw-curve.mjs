#!/usr/bin/env node
// Draws curves of runs as a picture for docs/results:
//   node tools/draw-curve.mjs curve.svg --metric loss --title 'Loss' name=runs/NAME/pretrain/metrics.jsonl ...
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const width = 720;
const height = 360;
const margin = { left: 56, right: 130, top: 36, bottom: 40 };
const colours = ['#c2410c', '#0f766e', '#6d28d9', '#a16207'];

/**
 * One value per step that has one; a step that ran twice, after a kill, counts once.
 *
 * @param {string} path a metrics.jsonl
 * @param {string} metric
 */
function readCurve(path, metric) {
  /** @type {Map<number, number>} */
  const values = new Map();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const record = JSON.parse(line);
    if (typeof record[metric] === 'number') values.set(record.step + 1, record[metric]);
  }
  if (values.size === 0) throw new Error(`${path} has no ${metric}`);
  return [...values].sort(([a], [b]) => a - b);
}

/** @param {number[][]} points of neighbours the mean, so that at most `numPoints` are left */
function thinned(points, numPoints = 240) {
  const size = Math.ceil(points.length / numPoints);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const group = points.slice(i * size, (i + 1) * size);
    const mean = (/** @type {number} */ k) =>
      group.reduce((sum, point) => sum + (point[k] ?? 0), 0) / group.length;
    return [mean(0), mean(1)];
  });
}

/**
 * About `count` round numbers between two.
 *
 * @param {number} low
 * @param {number} high
 */
function ticks(low, high, count = 5) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

const escaped = (/** @type {string} */ text) =>
  text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @typedef {{ x(step: number): string, y(value: number): string, right: number, low: number, high: number }} Scale */

/**
 * Where steps and values lie in the picture.
 *
 * @param {number[][]} points
 * @returns {Scale}
 */
function scaleOf(points) {
  const values = points.map(([, value = 0]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const right = Math.max(...points.map(([step = 0]) => step));
  const [across, down] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  return {
    ...{ right, low, high },
    x: (step) => (margin.left + (step / right) * across).toFixed(1),
    y: (value) => (margin.top + ((high - value) / (high - low || 1)) * down).toFixed(1),
  };
}

/** @param {Scale} scale */
function drawAxes({ x, y, right, low, high }) {
  const rows = ticks(low, high).map(
    (value) =>
      `<path class="grid" d="M${margin.left} ${y(value)}H${width - margin.right}"/>` +
      `<text x="${margin.left - 8}" y="${y(value)}" dy="4" text-anchor="end">${value}</text>`,
  );
  const columns = ticks(0, right).map(
    (step) => `<text x="${x(step)}" y="${height - 18}" text-anchor="middle">${step}</text>`,
  );
  return [...rows, ...columns];
}

/**
 * A line, with its name and its last value at its end.
 *
 * @param {{ name: string, points: number[][] }} curve
 * @param {string} colour
 * @param {Scale} scale
 */
function drawLine({ name, points }, colour, { x, y }) {
  const path = points.map(([step = 0, value = 0]) => `${x(step)} ${y(value)}`).join('L');
  const [, last = 0] = points.at(-1) ?? [];
  return (
    `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>` +
    `<text x="${width - margin.right + 8}" y="${y(last)}" dy="4" style="fill:${colour}">` +
    `${escaped(name)} ${last.toPrecision(4)}</text>`
  );
}

/**
 * @param {{ name: string, points: number[][] }[]} curves
 * @param {string} title
 */
function draw(curves, title) {
  const scale = scaleOf(curves.flatMap(({ points }) => points));
  const lines = curves.map((curve, i) => drawLine(curve, colours[i % colours.length] ?? '', scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>
  text { font: 12px system-ui, sans-serif; fill: #57534e }
  .grid { stroke: #a8a29e; stroke-opacity: 0.35 }
  @media (prefers-color-scheme: dark) { text { fill: #a8a29e } }
</style>
<text x="${margin.left}" y="20" font-weight="600">${escaped(title)}</text>
${[...drawAxes(scale), ...lines].join('\n')}
<text x="${width - margin.right}" y="${height - 2}" text-anchor="end">steps</text>
</svg>
`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { metric: { type: 'string', default: 'loss' }, title: { type: 'string' } },
});
const [out, ...sources] = positionals;
if (out === undefined || sources.length === 0 || sources.some((source) => !source.includes('='))) {
  process.stderr.write(
    'usage: draw-curve.mjs OUT.svg [--metric loss] [--title T] name=metrics.jsonl ...\n',
  );
  process.exit(2);
}
const curves = sources.map((source) => {
  const at = source.indexOf('=');
  const points = thinned(readCurve(source.slice(at + 1), values.metric));
  return { name: source.slice(0, at), points };
});
writeFileSync(out, draw(curves, values.title ?? values.metric));
