/** Several runs side by side: what was changed, and what came of it. */
import { formatTable } from '../table.ts';
import { formatLoss } from './list-runs.ts';
import { drawPlot, type Series } from './plot.ts';
import type { RunDetails } from './show-run.ts';
import type { CurvePoint } from './thinned-curve.ts';

/** One value for each run, in their order; undefined where a run has none. */
export interface Row {
  path: string;
  values: readonly unknown[];
}

export interface Comparison {
  runs: readonly string[];
  /** The fields of the recipes that are not the same in all. */
  recipe: readonly Row[];
  /** By stage: seconds, metrics, checks. */
  results: readonly Row[];
  curves: readonly RunDetails['curves'][];
}

const plotHeight = 18;
const maxCellLength = 40;

export function compareRuns(runs: readonly RunDetails[]): Comparison {
  const names = runs.map(({ name }) => name);
  const isUnique = new Set(names).size === names.length;
  return {
    runs: isUnique ? names : runs.map(({ folder }) => folder),
    recipe: rowsOf(runs.map(({ recipe }) => leavesOf(recipe))).filter(isChanged),
    results: rowsOf(runs.map(resultsOf)),
    curves: runs.map(({ curves }) => curves),
  };
}

/** @param width of the terminal, in characters */
export function formatComparison(comparison: Comparison, width: number): string {
  const { runs, recipe, results, curves } = comparison;
  const tableOf = (title: string, rows: readonly Row[]) =>
    formatTable([[title, ...runs], ...rows.map(({ path, values }) => [path, ...values.map(show)])]);
  const parts = [
    recipe.length === 0 ? 'the recipes are the same' : tableOf('recipe', recipe),
    tableOf('results', results),
  ];
  for (const stage of new Set(curves.flatMap((own) => Object.keys(own)))) {
    parts.push(
      `${stage}: loss by step\n${drawPlot(seriesOf(stage, comparison, width), width, plotHeight)}`,
    );
  }
  return parts.join('\n\n');
}

/** Small letters for training, capitals for what is held out. */
function seriesOf(stage: string, { runs, curves }: Comparison, width: number): Series[] {
  return runs.flatMap((name, index): Series[] => {
    const letter = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
    const { training = [], heldOut = [] } = curves[index]?.[stage] ?? {};
    return [
      { label: `${name}, training`, mark: letter, points: everyFew(training, width) },
      { label: `${name}, held out`, mark: letter.toUpperCase(), points: heldOut },
    ].filter(({ points }) => points.length > 0);
  });
}

/** About as many as there are columns: more would only blur the letters. */
function everyFew(points: readonly CurvePoint[], most: number): CurvePoint[] {
  const stride = Math.ceil(points.length / most);
  return points.filter((_, index) => index % stride === 0);
}

function resultsOf({ stages, sizeBytes }: RunDetails): Map<string, unknown> {
  const results = new Map<string, unknown>();
  for (const { name, summary, training } of stages) {
    results.set(`${name}.seconds`, summary?.seconds);
    for (const [metric, value] of Object.entries(summary?.metrics ?? {})) {
      results.set(`${name}.${metric}`, value);
    }
    for (const check of summary?.checks ?? []) results.set(`${name}: ${check.name}`, check.pass);
    if (training !== undefined) results.set(`${name}: last training loss`, training.loss);
  }
  return results.set('sizeBytes', sizeBytes);
}

function rowsOf(columns: readonly ReadonlyMap<string, unknown>[]): Row[] {
  const paths = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...paths].map((path) => ({ path, values: columns.map((column) => column.get(path)) }));
}

function isChanged({ values }: Row): boolean {
  return values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0]));
}

/** Fields by path. A list is one value. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, unknown>()) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return leaves.set(path, value);
  }
  for (const [key, child] of Object.entries(value)) {
    leavesOf(child, path === '' ? key : `${path}.${key}`, leaves);
  }
  return leaves;
}

function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return formatLoss(value);
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= maxCellLength ? text : `${text.slice(0, maxCellLength - 1)}…`;
}
