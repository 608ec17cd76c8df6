/** What the kept documents are, and how they are mixed. */

import { type Html, html } from '../../base/index.ts';
import type { Amount, VersionManifest } from '../version/version-manifest.ts';
import { formatBytes, formatCount, formatShare } from './format.ts';

/** Languages or licences by the bytes of their texts. */
export function amountTable(what: Html, amounts: Readonly<Record<string, Amount>>): Html {
  const rows = Object.entries(amounts).sort(([, a], [, b]) => b.textBytes - a.textBytes);
  const total = rows.reduce((sum, [, { textBytes }]) => sum + textBytes, 0);
  return html`<div class="card"><table><tr><th>${what}</th><th></th><th class="n">documents</th>
<th class="n">text</th><th class="n">share</th></tr>
${rows.slice(0, 12).map(
  ([name, { numDocuments, textBytes }]) => html`<tr><td><bdi>${name}</bdi></td>
<td class="wide"><span class="bar kept" style="width:${((100 * textBytes) / Math.max(1, total)).toFixed(1)}%"></span></td>
<td class="n">${formatCount(numDocuments)}</td><td class="n">${formatBytes(textBytes)}</td>
<td class="n">${formatShare(textBytes, total)}</td></tr>`,
)}</table></div>`;
}

/** Shares of training and epochs, as in table 2.2 of GPT-3. */
export function mixtureTable({ mixture }: VersionManifest): Html {
  return html`<div class="card"><table><tr><th>source <span>来源</span></th>
<th class="n">documents <span>文档</span></th><th class="n">text <span>文本</span></th>
<th class="n">tokens <span>词元</span></th><th>share of training <span>训练占比</span></th><th></th>
<th class="n">epochs <span>轮数</span></th></tr>
${Object.entries(mixture).map(
  ([name, { numDocuments, textBytes, numTokens, share, epochs }]) => html`<tr><td>${name}</td>
<td class="n">${formatCount(numDocuments)}</td><td class="n">${formatBytes(textBytes)}</td>
<td class="n">${numTokens === undefined ? '–' : formatCount(numTokens)}</td>
<td class="wide"><span class="bar read" style="width:${(100 * share).toFixed(1)}%"></span></td>
<td class="n">${formatShare(share, 1)}</td><td class="n">${epochs.toFixed(2)}</td></tr>`,
)}</table></div>`;
}
