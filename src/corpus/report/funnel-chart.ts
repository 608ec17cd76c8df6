/** A river that narrows where documents are dropped. */

import { type Html, html } from '../../base/index.ts';
import type { DropStep, Tally } from '../tally/index.ts';
import { formatCount, formatShare } from './format.ts';

const width = 960;
const riverHeight = 74;
const top = 46;
const columns = [
  { step: undefined, en: 'read', zh: '读入' },
  { step: 'read', en: 'has text', zh: '有正文' },
  { step: 'filter', en: 'passes the filters', zh: '通过过滤' },
  { step: 'duplicate', en: 'not repeated: kept', zh: '去重后保留' },
] as const;

/** One river for each source; its width is the share of the documents that are left. */
export function funnelCharts(tallies: Readonly<Record<string, Tally>>): Html[] {
  return Object.entries(tallies).map(([name, tally]) => {
    const left = remaining(tally);
    const summary = `${name}: ${columns.map(({ en }, i) => `${en} ${left[i]}`).join(', ')}`;
    return html`<div class="card"><h3>${name}</h3>
<svg viewBox="0 0 ${width} ${top + riverHeight + 8}" role="img" aria-label="${summary}">
${river(left)}${columns.map((column, i) => label(column, i, left))}</svg></div>`;
  });
}

/** How many documents reach each column. */
function remaining({ numRead, dropped }: Tally): number[] {
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
  const colours = ['var(--read)', 'var(--read)', 'var(--kept)'];
  return columns.slice(1).map((_, i) => {
    const [x, end] = [xOf(i), xOf(i + 1)];
    const [bend, from, to] = [(x + end) / 2, half(i), half(i + 1)];
    const path =
      `M${x} ${middle - from}C${bend} ${middle - from} ${bend} ${middle - to} ${end} ${middle - to}` +
      `V${middle + to}C${bend} ${middle + to} ${bend} ${middle + from} ${x} ${middle + from}Z`;
    return html`<path d="${path}" fill="${colours[i]}" fill-opacity="${[0.35, 0.55, 0.75][i]}"/>`;
  });
}

function label({ en, zh }: (typeof columns)[number], i: number, left: readonly number[]): Html {
  const x = xOf(i);
  const anchor = i === 0 ? 'start' : i === columns.length - 1 ? 'end' : 'middle';
  const count = `${formatCount(left[i] ?? 0)} · ${formatShare(left[i] ?? 0, left[0] ?? 0)}`;
  return html`<line x1="${x}" x2="${x}" y1="${top - 4}" y2="${top + riverHeight + 4}" stroke="var(--line)"/>
<text x="${x}" y="14" text-anchor="${anchor}" font-weight="600">${count}</text>
<text x="${x}" y="32" text-anchor="${anchor}" class="soft">${en} ${zh}</text>`;
}

function xOf(column: number): number {
  return 1 + ((width - 2) * column) / (columns.length - 1);
}
