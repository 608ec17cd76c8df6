/** Answers of several models side by side, for people: one page as Markdown and as HTML. */
import { type Html, html, pageHeading, pageTile, renderPage } from '../../base/index.ts';
import { literal } from './markdown.ts';
import { formatReports, formatScore, type JudgedAnswer, type TaskReport } from './task-report.ts';

export interface AnswersPage {
  title: string;
  /** By the name of the model, the one to begin with first; all of the same tasks. */
  reports: Readonly<Record<string, TaskReport>>;
  /** Answers that are shown of each kind, wrong ones as often as they are. Default: 6. */
  numShown?: number;
}

/** One task with the answer of each model. */
interface Shown {
  prompt: string;
  answers: readonly { name: string; answer: string; isRight: boolean }[];
}

/** Rates with their intervals, then answers by kind. */
export function answersMarkdown(page: AnswersPage): string {
  const kinds = shownByKind(page).map(([kind, shown]) => {
    const tasks = shown.map(
      ({ prompt, answers }) =>
        `${quoted(prompt)}\n\n${answers
          .map(({ name, answer, isRight }) => `- ${name} ${mark(isRight)} ${inline(answer)}`)
          .join('\n')}`,
    );
    return `## ${kind}\n\n${tasks.join('\n\n')}`;
  });
  return `${[`# ${page.title}`, formatReports(page.reports), ...kinds].join('\n\n')}\n`;
}

/** The same as one self-contained page. What models wrote is escaped. */
export function answersHtml(page: AnswersPage): string {
  const { title, reports } = page;
  const tiles = Object.entries(reports).map(([name, { all }]) =>
    pageTile(formatRate(all.rate), `right: ${name}`, '答对'),
  );
  const kinds = shownByKind(page).map(
    ([kind, shown]) => html`${pageHeading(kind, '')}${shown.map(card)}`,
  );
  return renderPage(
    title,
    html`<h1>${title}</h1><div class="tiles">${tiles}</div>
${pageHeading('Right answers by kind', '各类答对的比例')}
<p class="soft">With 95 % intervals (Wilson). 附 95 % 置信区间。</p>${rateTable(page)}
${pageHeading('The same questions, side by side', '同一问题，并排对照')}
<p class="soft">Evenly spaced among all tasks, not chosen. 等距抽取，未经挑选。</p>${kinds}`,
  );
}

function rateTable({ reports }: AnswersPage): Html {
  const entries = Object.entries(reports);
  const kinds = Object.keys(entries[0]?.[1].kinds ?? {});
  const heads = entries.map(([name]) => html`<th colspan="2"><bdi>${name}</bdi></th>`);
  const rows = kinds.map((kind) => {
    const cells = entries.map(([, report]) => {
      const score = report.kinds[kind];
      const width = (100 * (score?.rate ?? 0)).toFixed(1);
      return html`<td class="wide"><span class="bar kept" style="width:${width}%"></span></td>
<td class="n">${formatScore(score)}</td>`;
    });
    return html`<tr><td><bdi>${kind}</bdi></td>${cells}</tr>`;
  });
  return html`<div class="card"><table><tr><th>kind <span>类别</span></th>${heads}</tr>${rows}</table></div>`;
}

function card({ prompt, answers }: Shown): Html {
  const columns = answers.map(({ name, answer, isRight }) => {
    const verdict = isRight ? 'right 对' : 'wrong 错';
    return html`<div class="text ${isRight ? '' : 'dropped'}"><span class="badge ${isRight ? 'kept' : ''}">${verdict}</span>
<span class="id"><bdi>${name}</bdi></span><pre dir="auto">${answer === '' ? '∅' : answer}</pre></div>`;
  });
  return html`<div class="card"><pre class="prompt" dir="auto">${prompt}</pre><div class="pair">${columns}</div></div>`;
}

/** Of each kind some tasks, evenly spaced. */
function shownByKind({ reports, numShown = 6 }: AnswersPage): [string, Shown[]][] {
  const entries = Object.entries(reports);
  const first = entries[0]?.[1];
  if (first === undefined) return [];
  return Object.keys(first.kinds).map((kind) => {
    const all = [...first.answers.keys()].filter((i) => first.answers[i]?.kind === kind);
    const count = Math.min(numShown, all.length);
    const places = Array.from({ length: count }, (_, i) => Math.floor((i * all.length) / count));
    return [kind, places.map((place) => shownAt(entries, all[place] as number))];
  });
}

function shownAt(entries: [string, TaskReport][], index: number): Shown {
  const answers = entries.map(([name, report]) => {
    const { answer, isRight } = report.answers[index] as JudgedAnswer;
    return { name, answer, isRight };
  });
  return { prompt: entries[0]?.[1].answers[index]?.prompt ?? '', answers };
}

function formatRate(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}

function mark(isRight: boolean): string {
  return isRight ? '✓' : '✗';
}

/** Every line as a quotation, so that a prompt cannot become a heading. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${literal(line)}`)
    .join('  \n');
}

function inline(text: string): string {
  return text === '' ? '∅' : literal(text).replaceAll('\n', ' ⏎ ');
}
