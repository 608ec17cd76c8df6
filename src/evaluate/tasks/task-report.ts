import type { EvaluationTask } from './task.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** A task with what the model answered. */
export interface JudgedAnswer {
  readonly id: string;
  readonly kind: string;
  readonly prompt: string;
  readonly answer: string;
  readonly isRight: boolean;
}

/** How many answers of a group are right. */
export interface Score {
  readonly numTasks: number;
  readonly numRight: number;
  readonly rate: number;
  /** The 95 % interval of the rate, see `wilsonInterval`. */
  readonly low: number;
  readonly high: number;
}

/** Plain data, to be written as JSON. */
export interface TaskReport {
  readonly all: Score;
  readonly kinds: Readonly<Record<string, Score>>;
  /** Of each kind: `translation · en`. */
  readonly languages: Readonly<Record<string, Score>>;
  /** Of each kind: `translation · with word`. */
  readonly tags: Readonly<Record<string, Score>>;
  readonly answers: readonly JudgedAnswer[];
}

/** Counts what is right, by kind, and in each kind by language and by tag. */
export function makeReport(
  tasks: readonly EvaluationTask[],
  answers: readonly string[],
  isRight: readonly boolean[],
): TaskReport {
  const judged = tasks.map((task, i) => ({ task, isRight: isRight[i] === true }));
  const groups = (namesOf: (task: EvaluationTask) => readonly string[]) =>
    scoresOf(judged, namesOf);
  return {
    all: score(judged.map((one) => one.isRight)),
    kinds: groups(({ kind }) => [kind]),
    languages: groups(({ kind, language }) => (language ? [`${kind} · ${language}`] : [])),
    tags: groups(({ kind, tags = [] }) => tags.map((tag) => `${kind} · ${tag}`)),
    answers: tasks.map(({ id, kind, messages }, i) => ({
      ...{ id, kind, prompt: messages.at(-1)?.content ?? '' },
      ...{ answer: answers[i] ?? '', isRight: isRight[i] === true },
    })),
  };
}

/**
 * The report as a Markdown table, one column of rates for each named report; they must be of the same
 * tasks. Rates are in per cent, with their interval.
 */
export function formatReports(reports: Readonly<Record<string, TaskReport>>): string {
  const [first] = Object.values(reports);
  if (first === undefined) return '';
  const names = Object.keys(reports);
  const row = (label: string, pick: (report: TaskReport) => Score | undefined) => {
    const cells = Object.values(reports).map((report) => formatScore(pick(report)));
    return `| ${[label, pick(first)?.numTasks ?? 0, ...cells].join(' | ')} |`;
  };
  return [
    `| | items | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---').join('|')}|`,
    row('**all**', ({ all }) => all),
    ...(['kinds', 'languages', 'tags'] as const).flatMap((group) =>
      Object.keys(first[group]).map((name) => row(name, (report) => report[group][name])),
    ),
  ].join('\n');
}

/** In per cent, with its interval; a dash for no score. */
export function formatScore(score: Score | undefined): string {
  if (score === undefined) return '–';
  const percent = (rate: number) => (100 * rate).toFixed(1);
  return `${percent(score.rate)} (${percent(score.low)}–${percent(score.high)})`;
}

interface Judged {
  readonly task: EvaluationTask;
  readonly isRight: boolean;
}

function scoresOf(
  judged: readonly Judged[],
  namesOf: (task: EvaluationTask) => readonly string[],
): Record<string, Score> {
  const groups = new Map<string, boolean[]>();
  for (const { task, isRight } of judged) {
    for (const name of namesOf(task)) groups.set(name, [...(groups.get(name) ?? []), isRight]);
  }
  const named = [...groups].map(([name, results]) => [name, score(results)] as const);
  return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function score(results: readonly boolean[]): Score {
  const numTasks = results.length;
  const numRight = results.filter(Boolean).length;
  const [low, high] = wilsonInterval(numRight, numTasks);
  return { numTasks, numRight, rate: numTasks === 0 ? 0 : numRight / numTasks, low, high };
}
