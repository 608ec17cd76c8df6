/** A comparison for people: one page as Markdown and as HTML. */
import { type Html, html, pageHeading, pageTile, renderPage } from '../../base/index.ts';
import { literal } from '../tasks/markdown.ts';
import { comparisonRows, decimals, describeItems, percent } from './comparison-rows.ts';
import type { ComparedItem, ModelComparison } from './model-comparison.ts';

/** Items that are shown. */
const numShown = 24;

/** The table, then items side by side. */
export function comparisonMarkdown(title: string, comparison: ModelComparison): string {
  const { names } = comparison;
  const rows = comparisonRows(comparison).map(
    ({ english, chinese, sides, difference }) =>
      `| ${english} ${chinese} | ${sides.join(' | ')} | ${difference} |`,
  );
  const shown = shownItems(comparison).map((item) => {
    const answers = names.map((name, side) => {
      const scores = scoresOf(item, side as 0 | 1);
      return `- ${literal(name)}${scores === '' ? '' : ` (${scores})`}: ${inline(item.answers[side] ?? '')}`;
    });
    return `> ${inline(item.prompt)}\n\n${answers.join('\n')}`;
  });
  return `${[
    `# ${title}`,
    describeItems(comparison),
    [`| | ${names.map(literal).join(' | ')} | |`, '|---|---|---|---|', ...rows].join('\n'),
    '## Side by side',
    ...shown,
  ].join('\n\n')}\n`;
}

/** The same as one self-contained page. What models wrote is escaped. */
export function comparisonHtml(title: string, comparison: ModelComparison): string {
  const { names } = comparison;
  const heads = names.map((name) => html`<th><bdi>${name}</bdi></th>`);
  const rows = comparisonRows(comparison).map(
    ({ english, chinese, sides, difference }) =>
      html`<tr><td>${english} <span class="soft" lang="zh">${chinese}</span></td>
<td>${sides[0]}</td><td>${sides[1]}</td><td class="soft">${difference}</td></tr>`,
  );
  return renderPage(
    title,
    html`<h1>${title}</h1><div class="tiles">${tilesOf(comparison)}</div>
${pageHeading('Beside each other', '对照')}<p class="soft">${describeItems(comparison)}</p>
<div class="card"><table><tr><th></th>${heads}<th></th></tr>${rows}</table></div>
${pageHeading('The same prompts, side by side', '同一提问，并排对照')}
<p class="soft">Evenly spaced among all items, not chosen. 等距抽取，未经挑选。</p>
${shownItems(comparison).map((item) => card(names, item))}`,
  );
}

function tilesOf({ gold, reward, kl, tasks }: ModelComparison): Html[] {
  const tiles: Html[] = [];
  const best = gold ?? reward;
  if (best !== null) {
    const [english, chinese] =
      gold === null ? ['reward wins', '奖励胜率'] : ['gold wins', '金标胜率'];
    tiles.push(pageTile(percent(best.winRate.value), english, chinese));
  }
  tiles.push(pageTile(kl.value.toFixed(2), 'nats of KL an answer', '每个回答的 KL'));
  if (tasks !== null) {
    tiles.push(pageTile(percent(tasks.rates[1]), 'right instructions', '指令答对'));
  }
  return tiles;
}

function card(names: ModelComparison['names'], item: ComparedItem): Html {
  const columns = names.map((name, side) => {
    const answer = item.answers[side] ?? '';
    const worth = scoresOf(item, side as 0 | 1);
    return html`<div class="text ${isBehind(item, side as 0 | 1) ? 'dropped' : ''}"><span class="badge ${isBehind(item, side as 0 | 1) ? '' : 'kept'}">${worth === '' ? '–' : worth}</span>
<span class="id"><bdi>${name}</bdi></span><pre dir="auto">${answer === '' ? '∅' : answer}</pre></div>`;
  });
  return html`<div class="card"><pre class="prompt" dir="auto">${item.prompt}</pre><div class="pair">${columns}</div></div>`;
}

function scoresOf({ rewards, gold, finished }: ComparedItem, side: 0 | 1): string {
  const parts = [
    gold === undefined ? '' : `gold ${decimals(gold[side])}`,
    rewards === undefined ? '' : `reward ${decimals(rewards[side])}`,
    finished[side] ? '' : 'no end',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function isBehind({ gold, rewards }: ComparedItem, side: 0 | 1): boolean {
  const scores = gold ?? rewards;
  return scores !== undefined && scores[side] < scores[side === 0 ? 1 : 0];
}

function shownItems({ items }: ModelComparison): ComparedItem[] {
  const count = Math.min(numShown, items.length);
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor((i * items.length) / count)] as ComparedItem,
  );
}

function inline(text: string): string {
  return text === '' ? '∅' : literal(text).replaceAll('\n', ' ⏎ ');
}
