/** A river that narrows where documents are dropped. */

import { type Html, html } from '../../base/index.ts';
import type { DropStep, Tally } from '../tally/index.ts';
import { formatCount, formatShare } from './format.ts';

const width = 960;
const riverHeight = 74;
const top = 46;
interface Column {
  step?: DropStep;
  en: string;
  zh: string;
}

const firstColumns: readonly Column[] = [
  { en: 'read', zh: '读入' },
  { step: 'read', en: 'has text', zh: '有正文' },
  { step: 'filter', en: 'passes the filters', zh: '通过过滤' },
];

const lastColumns = {
  withoutChecks: [{ step: 'duplicate', en: 'not repeated: kept', zh: '去重后保留' }],
  withChecks: [
    { step: 'duplicate', en: 'not repeated', zh: '不重复' },
    { step: 'check', en: 'passes the last checks: kept', zh: '通过最后检查：保留' },
  ],
} as const;

/** One river for each source; its width is the share of the documents that are left. */
export function funnelCharts(tallies: Readonly<Record<string, Tally>>): Html[] {
  return Object.entries(tallies).map(([name, tally]) => {
    const isChecked = Object.values(tally.dropped).some(({ step }) => step === 'check');
    const last = isChecked ? lastColumns.withChecks : lastColumns.withoutChecks;
    const columns: readonly Column[] = [...firstColumns, ...last];
    const left = remaining(tally, columns);
    const summary = `${name}: ${columns.map(({ en }, i) => `${en} ${left[i]}`).join(', ')}`;
    return html`<div class="card"><h3>${name}</h3>
<svg viewBox="0 0 ${width} ${top + riverHeight + 8}" role="img" aria-label="${summary}">
${river(left)}${columns.map((column, i) => label(column, i, left))}</svg></div>`;
  });
}

/** How many documents reach each column. */
function remaining({ numRead, dropped }: Tally, columns: readonly Column[]): number[] {
  const lost = (step: DropStep | undefined) =>
    Object.values(dropped)
      .filter((drop) => drop.step === step)
      .reduce((sum, { numDocuments }) => sum + numDocuments, 0);
  let left = numRead;
  return columns.map(({ step }) => {
    left -= lost(step);
    return left;
  });
}

function river(left: readonly number[]): Html[] {
  const middle = top + riverHeight / 2;
  const half = (i: number) => Math.max(0.75, (riverHeight / 2) * ((left[i] ?? 0) / (left[0] || 1)));
  const last = left.length - 2;
  return left.slice(1).map((_, i) => {
    const [x, end] = [xOf(i, left.length), xOf(i + 1, left.length)];
    const [bend, from, to] = [(x + end) / 2, half(i), half(i + 1)];
    const path =
      `M${x} ${middle - from}C${bend} ${middle - from} ${bend} ${middle - to} ${end} ${middle - to}` +
      `V${middle + to}C${bend} ${middle + to} ${bend} ${middle + from} ${x} ${middle + from}Z`;
    return html`<path d="${path}" fill="${i === last ? 'var(--kept)' : 'var(--read)'}" fill-opacity="${(0.75 - 0.4 * (1 - i / last)).toFixed(2)}"/>`;
  });
}

function label({ en, zh }: Column, i: number, left: readonly number[]): Html {
  const x = xOf(i, left.length);
  const anchor = i === 0 ? 'start' : i === left.length - 1 ? 'end' : 'middle';
  const count = `${formatCount(left[i] ?? 0)} · ${formatShare(left[i] ?? 0, left[0] ?? 0)}`;
  return html`<line x1="${x}" x2="${x}" y1="${top - 4}" y2="${top + riverHeight + 4}" stroke="var(--line)"/>
<text x="${x}" y="14" text-anchor="${anchor}" font-weight="600">${count}</text>
<text x="${x}" y="32" text-anchor="${anchor}" class="soft">${en} ${zh}</text>`;
}

function xOf(column: number, numColumns: number): number {
  return 1 + ((width - 2) * column) / (numColumns - 1);
}
