/** One page about a version, for people: self-contained, without a script, light and dark. */
import { type Html, html, pageHeading, pageTile, renderPage } from '../../base/index.ts';
import { emptyTally, mergeTallies, type Tally } from '../tally/index.ts';
import type { VersionManifest } from '../version/version-manifest.ts';
import { formatBytes, formatCount, formatShare } from './format.ts';
import { funnelCharts } from './funnel-chart.ts';
import { lengthChart, scoreCharts } from './histogram-chart.ts';
import { reasonTable } from './reasons.ts';
import { amountTable, mixtureTable } from './tables.ts';
import { type ClusterTexts, clusterList, textColumns } from './texts.ts';

export interface ReportData {
  /** By source. */
  tallies: Readonly<Record<string, Tally>>;
  clusters: readonly ClusterTexts[];
}

/** The whole page. Texts of the corpus are escaped, and nothing in it can run or be fetched. */
export function renderReport(manifest: VersionManifest, { tallies, clusters }: ReportData): string {
  const all = Object.values(tallies).reduce(mergeTallies, emptyTally());
  const body = html`${header(manifest, all)}
${pageHeading('From read to kept', '漏斗：从读入到保留')}${funnelCharts(tallies)}
${pageHeading('Why documents were dropped', '丢弃原因')}${reasonTable(all)}
${pageHeading('Kept and dropped, side by side', '随机文本：保留与丢弃')}
<p class="soft">Chosen by a hash of their ids. 按编号的散列值抽取。</p>${textColumns(all)}
${pageHeading('Lengths in characters', '文本长度（字符）')}
<p class="soft">Kept above the line, dropped below. 线上为保留，线下为丢弃。</p>
<div class="card">${lengthChart(all.keptLengths, all.droppedLengths)}</div>
${scores(all)}${cut(all)}
${pageHeading('What was kept', '保留了什么')}
${amountTable(html`language <span>语言</span>`, all.languages)}
${amountTable(html`licence <span>许可</span>`, all.licences)}
${pageHeading('Largest groups of duplicates', '最大的重复文档簇')}${clusterList(clusters)}
${pageHeading('Mixture', '配比')}
<p class="soft">Epochs: how often each text is read by the time as much was read as there is text.
轮数：读完与全部文本等量的数据时，每篇文本被读的次数。</p>${mixtureTable(manifest)}
${pageHeading('Rules', '规则')}${rules(manifest)}`;
  return renderPage(`${manifest.name} · corpus`, body);
}

function scores({ scores: tallies }: Tally): Html | undefined {
  if (Object.keys(tallies).length === 0) return undefined;
  return html`${pageHeading('Scores of models', '模型评分')}
<p class="soft">Kept above the line; dropped for the score below. 线上为保留，线下为因评分丢弃。</p>
${scoreCharts(tallies)}`;
}

function cut({ cut: { numDocuments, textBytes } }: Tally): Html | undefined {
  if (numDocuments === 0) return undefined;
  const count = formatCount(numDocuments);
  return html`<p>Repeated lines were cut out of ${count} kept documents: ${formatBytes(textBytes)}.
从 ${count} 篇保留的文档中删去了重复的行。</p>`;
}

function header(manifest: VersionManifest, { numRead, kept }: Tally): Html {
  const { name, id, description, parents } = manifest;
  const standsOn = parents.map((parent) => `${parent.name}-${parent.id.slice(0, 12)}`).join(', ');
  return html`<h1>${name}</h1><p>${description}</p><div class="id">${id}</div>
${standsOn === '' ? undefined : html`<p class="soft">stands on 建立在：${standsOn}</p>`}
<div class="tiles">${pageTile(formatCount(numRead), 'read', '读入')}
${pageTile(formatCount(kept.numDocuments), 'kept', '保留')}
${pageTile(formatShare(kept.numDocuments, numRead), 'of documents kept', '保留比例')}
${pageTile(formatBytes(kept.textBytes), 'of text', '文本')}</div>`;
}

function rules({ sources, deduplicate }: VersionManifest): Html {
  return html`${Object.entries(sources).map(
    ([
      name,
      source,
    ]) => html`<details class="card"><summary>${name} <span class="id">${source.rulesHash}</span></summary>
<code>${JSON.stringify(source.rules, null, 2)}</code></details>`,
  )}<details class="card"><summary>duplicates 去重</summary><code>${JSON.stringify(deduplicate, null, 2)}</code></details>`;
}
