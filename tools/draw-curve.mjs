#!/usr/bin/env node
// Draws curves of runs as a picture for docs/results, one field for each metric, below each other:
//   node tools/draw-curve.mjs curve.svg --metric loss --title 'Loss' name=runs/NAME/pretrain/metrics.jsonl ...
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { draw } from './draw/fields.mjs';

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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    metric: { type: 'string', multiple: true, default: ['loss'] },
    title: { type: 'string', multiple: true, default: [] },
    unit: { type: 'string', default: 'steps' },
  },
});
const [out, ...sources] = positionals;
if (out === undefined || sources.length === 0 || sources.some((source) => !source.includes('='))) {
  process.stderr.write(
    'usage: draw-curve.mjs OUT.svg [--metric loss [--title T]]... [--unit steps] name=metrics.jsonl ...\n',
  );
  process.exit(2);
}
const fields = values.metric.map((metric, i) => ({
  title: values.title[i] ?? metric,
  curves: sources.map((source) => {
    const at = source.indexOf('=');
    return { name: source.slice(0, at), points: thinned(readCurve(source.slice(at + 1), metric)) };
  }),
}));
writeFileSync(out, draw(fields, values.unit));
