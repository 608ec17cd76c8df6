/** How long texts are, kept and dropped. */

import { type Html, html } from '../../base/index.ts';
import { type Histogram, lengthBins } from '../tally/index.ts';
import { formatCount } from './format.ts';

const width = 960;
const height = 210;
const bottom = 34;

/** Kept above the line, dropped below it. */
export function lengthChart(kept: Histogram, dropped: Histogram): Html {
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
      return html`<rect x="${x.toFixed(1)}" y="${size.y.toFixed(1)}" width="${size.width.toFixed(1)}" height="${length.toFixed(1)}" rx="2" fill="${colour}"><title>${rangeOf(Number(bin))}: ${formatCount(count)}</title></rect>`;
    });
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="lengths of texts">
${bars(kept, 'var(--kept)', true)}${bars(dropped, 'var(--drop)', false)}
<line x1="0" x2="${width}" y1="${middle}" y2="${middle}" stroke="var(--soft)" stroke-opacity=".5"/>
${ticks(first, last, step)}</svg>`;
}

/** A tick at each power of ten. */
function ticks(first: number, last: number, step: number): Html[] {
  const powers = Array.from({ length: 10 }, (_, power) => 10 ** power);
  const inside = powers.filter((value) => {
    const bin = lengthBins.binOf(value);
    return bin >= first && bin <= last;
  });
  return inside.map((value) => {
    const x = (4 * Math.log2(value) - first) * step;
    return html`<line x1="${x}" x2="${x}" y1="0" y2="${height - bottom}" stroke="var(--line)"/>
<text x="${x + 4}" y="${height - 12}" class="soft">${formatCount(value)}</text>`;
  });
}

function rangeOf(bin: number): string {
  const [from, to] = [lengthBins.startOf(bin), lengthBins.startOf(bin + 1)];
  return `${Math.ceil(from)}–${Math.max(Math.ceil(from), Math.ceil(to) - 1)}`;
}
