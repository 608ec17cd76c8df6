/** Why documents were dropped. */

import { type Html, html } from '../../base/index.ts';
import type { DropTally, Histogram, Tally } from '../tally/index.ts';
import { formatCount, formatShare, formatValue } from './format.ts';

/** A row for each reason, the most frequent first. */
export function reasonTable({ dropped, numRead }: Tally): Html {
  const reasons = Object.entries(dropped).sort(([, a], [, b]) => b.numDocuments - a.numDocuments);
  if (reasons.length === 0) return html`<p class="soft">nothing was dropped 没有丢弃</p>`;
  const most = reasons[0]?.[1].numDocuments ?? 1;
  return html`<div class="card"><table><tr><th>reason <span>原因</span></th><th></th>
<th class="n">documents <span>文档数</span></th><th class="n">of read <span>占比</span></th>
<th class="n">limit <span>界限</span></th><th>how far beyond <span>超出多少</span></th></tr>
${reasons.map(([reason, drop]) => row(reason, drop, most, numRead))}</table></div>`;
}

function row(reason: string, drop: DropTally, most: number, numRead: number): Html {
  const { step, numDocuments, limit, ratios } = drop;
  const share = ((100 * numDocuments) / most).toFixed(1);
  return html`<tr><td><bdi>${reason}</bdi></td>
<td class="wide"><span class="bar ${step}" style="width:${share}%"></span></td>
<td class="n">${formatCount(numDocuments)}</td><td class="n">${formatShare(numDocuments, numRead)}</td>
<td class="n">${limit === undefined ? '–' : formatValue(limit)}</td><td>${sparkline(ratios)}</td></tr>`;
}

const sparkWidth = 130;
const sparkHeight = 26;

/** Value by limit from a sixteenth to sixteen times; the line in the middle is the limit. */
function sparkline(ratios: Histogram): Html | undefined {
  const counts = Object.values(ratios);
  if (counts.length === 0) return undefined;
  const most = Math.max(...counts);
  const bars = Object.entries(ratios).map(([bin, count]) => {
    const length = Math.max(1, ((sparkHeight - 2) * count) / most);
    const x = ((Number(bin) + 16) / 33) * sparkWidth;
    return html`<rect x="${x.toFixed(1)}" y="${(sparkHeight - length).toFixed(1)}" width="3" height="${length.toFixed(1)}" fill="var(--drop)"/>`;
  });
  const limit = (16.5 / 33) * sparkWidth;
  return html`<svg viewBox="0 0 ${sparkWidth} ${sparkHeight}" style="width:${sparkWidth}px" role="img" aria-label="values relative to the limit">
<line x1="${limit}" x2="${limit}" y1="0" y2="${sparkHeight}" stroke="var(--soft)" stroke-dasharray="2 2"/>${bars}</svg>`;
}
