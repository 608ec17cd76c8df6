/** Texts that were kept, dropped and found twice. */

import { type Html, html } from '../../base/index.ts';
import type { Sample, Tally } from '../tally/index.ts';
import { formatCount, formatValue } from './format.ts';

const maxDropped = 8;

/** A group of documents that repeat each other. */
export interface ClusterTexts {
  size: number;
  members: readonly Sample[];
}

/** Kept texts on the left, dropped ones on the right. */
export function textColumns({ samples, dropped }: Tally): Html {
  const lost = Object.entries(dropped)
    .flatMap(([reason, { samples: some, step, limit }]) =>
      some.map((sample, rank) => ({ reason, step, limit, sample, rank })),
    )
    // One of each reason before a second of any.
    .sort((a, b) => a.rank - b.rank || (a.sample.draw < b.sample.draw ? -1 : 1))
    .slice(0, maxDropped);
  return html`<div class="pair"><div>
<h3>kept <span>保留</span></h3>${samples.map((sample) => keptText(sample))}</div><div>
<h3>dropped <span>丢弃</span></h3>${lost.map(({ reason, step, limit, sample }) => {
    const numbers =
      sample.value === undefined || sample.value === ''
        ? ''
        : ` ${formatValue(sample.value)}${limit === undefined ? '' : ` / ${formatValue(limit)}`}`;
    return html`<div class="text dropped ${step}"><span class="badge"><bdi>${reason}</bdi>${numbers}</span>
<span class="id"><bdi>${sample.id}</bdi></span><pre dir="auto">${sample.text}</pre></div>`;
  })}</div></div>`;
}

export function clusterList(clusters: readonly ClusterTexts[]): Html {
  if (clusters.length === 0) return html`<p class="soft">no duplicates 没有重复</p>`;
  return html`${clusters.map(
    ({ size, members }) => html`<details class="card"><summary>
<b>${formatCount(size)}</b> documents <span class="soft">篇</span> · <bdi>${firstLine(members)}</bdi></summary>
${members.map((sample, i) => (i === 0 ? keptText(sample) : twinText(sample)))}</details>`,
  )}`;
}

function keptText({ id, text }: Sample): Html {
  return html`<div class="text"><span class="id"><bdi>${id}</bdi></span>
<pre dir="auto">${text}</pre></div>`;
}

function twinText({ id, text }: Sample): Html {
  return html`<div class="text duplicate"><span class="id"><bdi>${id}</bdi></span>
<pre dir="auto">${text}</pre></div>`;
}

function firstLine(members: readonly Sample[]): string {
  return [...(members[0]?.text ?? '').replace(/\s+/g, ' ')].slice(0, 60).join('');
}
