/** Numbers of kept and dropped documents: how long their texts are, how models score them. */
import { type Html, html } from '../../base/index.ts';
import { type Histogram, lengthBins, type ScoreTally, scoreBins } from '../tally/index.ts';
import { formatCount, formatValue } from './format.ts';

const width = 960;
const height = 210;
const bottom = 34;

/** What the bins of a histogram mean. */
interface Axis {
  label: string;
  /** Values that get a tick, from low to high, and the bins they stand at the beginning of. */
  ticks: readonly { bin: number; text: string }[];
  rangeOf: (bin: number) => string;
}

export function lengthChart(kept: Histogram, dropped: Histogram): Html {
  const ticks = powersOfTen(9).map((value) => ({
    bin: 4 * Math.log2(value),
    text: formatCount(value),
  }));
  return histogramChart(kept, dropped, { label: 'lengths of texts', ticks, rangeOf: lengthsOf });
}

/** One chart for each score. */
export function scoreCharts(scores: Readonly<Record<string, ScoreTally>>): Html[] {
  return Object.entries(scores).map(([name, { kept, dropped }]) => {
    const values = name === 'quality' ? [0, 0.25, 0.5, 0.75] : powersOfTen(6);
    const ticks = values.map((value) => ({
      bin: name === 'quality' ? 20 * value : 4 * Math.log2(value),
      text: formatValue(value),
    }));
    const start = (bin: number) => formatValue(scoreBins.startOf(name, bin));
    const rangeOf = (bin: number) => `${start(bin)}–${start(bin + 1)}`;
    const chart = histogramChart(kept, dropped, { label: `scores: ${name}`, ticks, rangeOf });
    return html`<div class="card"><h3>${name}</h3>${chart}</div>`;
  });
}

/** Kept above the line, dropped below it. */
function histogramChart(kept: Histogram, dropped: Histogram, axis: Axis): Html {
  const bins = [...Object.keys(kept), ...Object.keys(dropped)].map(Number);
  if (bins.length === 0) return html`<p class="soft">no texts 没有文本</p>`;
  const [first, last] = [Math.min(...bins), Math.max(...bins)];
  const step = width / (last - first + 1);
  const most = Math.max(...Object.values(kept), ...Object.values(dropped));
  const middle = (height - bottom) / 2;
  const bars = (histogram: Histogram, colour: string, isAbove: boolean) =>
    Object.entries(histogram).map(([bin, count]) => {
      const length = Math.max(1, ((middle - 6) * count) / most);
      const x = (Number(bin) - first) * step + 1;
      const size = { width: Math.max(1, step - 2), y: isAbove ? middle - length : middle + 1 };
      return html`<rect x="${x.toFixed(1)}" y="${size.y.toFixed(1)}" width="${size.width.toFixed(1)}" height="${length.toFixed(1)}" rx="2" fill="${colour}"><title>${axis.rangeOf(Number(bin))}: ${formatCount(count)}</title></rect>`;
    });
  const inside = axis.ticks.filter(
    ({ bin }) => Math.floor(bin) >= first && Math.floor(bin) <= last,
  );
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${axis.label}">
${bars(kept, 'var(--kept)', true)}${bars(dropped, 'var(--drop)', false)}
<line x1="0" x2="${width}" y1="${middle}" y2="${middle}" stroke="var(--soft)" stroke-opacity=".5"/>
${inside.map(({ bin, text }) => tick((bin - first) * step, text))}</svg>`;
}

function tick(x: number, text: string): Html {
  return html`<line x1="${x}" x2="${x}" y1="0" y2="${height - bottom}" stroke="var(--line)"/>
<text x="${x + 4}" y="${height - 12}" class="soft">${text}</text>`;
}

function powersOfTen(highest: number): number[] {
  return Array.from({ length: highest + 1 }, (_, power) => 10 ** power);
}

function lengthsOf(bin: number): string {
  const [from, to] = [lengthBins.startOf(bin), lengthBins.startOf(bin + 1)];
  return `${Math.ceil(from)}–${Math.max(Math.ceil(from), Math.ceil(to) - 1)}`;
}
