/** Comparisons in the formats that data sets have. */
import { fieldOf, type Row } from '../formats/row-content.ts';
import { parseDialogue } from './hh-dialogue.ts';
import { type JudgedComparison, judgeComparison } from './judge-comparison.ts';
import { orderOf, type Preference } from './order.ts';

/**
 * - `ranking`: `{"prompt", "answers": […], "ranks": […]}`, or with `"preferences": [[better, worse], …]`
 *   by places from 0 in place of ranks
 * - `pair`: `{"prompt", "chosen", "rejected"}`, as TRL has it; texts, or lists of messages
 * - `dialogues`: `{"chosen", "rejected"}`, two dialogues as texts that differ in the last answer, as
 *   hh-rlhf has it
 */
export const comparisonFormats = ['ranking', 'pair', 'dialogues'] as const;

export type ComparisonFormat = (typeof comparisonFormats)[number];

const readers: Readonly<Record<ComparisonFormat, (row: Row) => JudgedComparison>> = {
  ranking: readRanking,
  pair: readPair,
  dialogues: readDialogues,
};

/**
 * What a row of JSON lines holds: a comparison, or the reason why there is none.
 * @param format default: what the row's fields tell
 */
export function readComparison(
  row: Row,
  format: ComparisonFormat | 'auto' = 'auto',
): JudgedComparison {
  const found = format === 'auto' ? formatOf(row) : format;
  if (found !== undefined) return readers[found](row);
  const value = Object.keys(row).slice(0, 8).join(', ').slice(0, 100);
  return { rejected: 'fields of no known format', value };
}

function formatOf(row: Row): ComparisonFormat | undefined {
  const has = (name: string) => fieldOf(row, name) !== undefined;
  if (has('answers')) return 'ranking';
  if (!has('chosen') && !has('rejected')) return undefined;
  return has('prompt') || Array.isArray(row.chosen) ? 'pair' : 'dialogues';
}

function readRanking(row: Row): JudgedComparison {
  const missing = missingField(row, ['prompt', 'answers']);
  if (missing !== undefined) return missing;
  const { prompt, answers, rater, id, ranks } = row;
  const preferences = fieldOf(row, 'preferences');
  if (preferences === undefined)
    return judgeComparison({ prompt, answers, order: ranks, rater, id });
  const numAnswers = Array.isArray(answers) ? answers.length : 0;
  if (!Array.isArray(preferences)) return wrongType('preferences');
  if (!preferences.every((pair) => isPreference(pair, numAnswers))) {
    return { rejected: 'unknown answer', value: JSON.stringify(preferences).slice(0, 40) };
  }
  const order = orderOf(numAnswers, preferences as Preference[]);
  return judgeComparison({ prompt, answers, order, rater, id });
}

function isPreference(pair: unknown, numAnswers: number): boolean {
  const isPlace = (place: unknown) => Number.isInteger(place) && Number(place) >= 0;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every(isPlace)) return false;
  return Math.max(...pair) < numAnswers;
}

/** Messages of both sides may repeat the prompt; the answers are their last ones. */
function readPair(row: Row): JudgedComparison {
  const missing = missingField(row, ['chosen', 'rejected']);
  if (missing !== undefined) return missing;
  const { chosen, rejected, rater, id } = row;
  const prompt = fieldOf(row, 'prompt') ?? [];
  if (typeof chosen === 'string' && typeof rejected === 'string') {
    return judgeComparison({ prompt, answers: [chosen, rejected], order: [1, 2], rater, id });
  }
  if (!Array.isArray(chosen)) return wrongType('chosen');
  if (!Array.isArray(rejected)) return wrongType('rejected');
  const before = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
  if (!Array.isArray(before)) return wrongType('prompt');
  return comparisonOf([...before, ...chosen], [...before, ...rejected], { rater, id });
}

function readDialogues(row: Row): JudgedComparison {
  const missing = missingField(row, ['chosen', 'rejected']);
  if (missing !== undefined) return missing;
  const { chosen, rejected, rater, id } = row;
  if (typeof chosen !== 'string') return wrongType('chosen');
  if (typeof rejected !== 'string') return wrongType('rejected');
  const [better, worse] = [parseDialogue(chosen), parseDialogue(rejected)];
  if (better === undefined || worse === undefined) return { rejected: 'no dialogue' };
  return comparisonOf(better, worse, { rater, id });
}

/** Two conversations that differ in their last message alone, the better one first. */
function comparisonOf(
  better: readonly unknown[],
  worse: readonly unknown[],
  source: { rater: unknown; id: unknown },
): JudgedComparison {
  const [prompt, other] = [better.slice(0, -1), worse.slice(0, -1)];
  if (JSON.stringify(prompt) !== JSON.stringify(other)) return { rejected: 'different prompts' };
  const last = [better.at(-1), worse.at(-1)] as (
    | { role?: unknown; content?: unknown }
    | undefined
  )[];
  if (last.some((message) => message?.role !== 'assistant'))
    return { rejected: 'ends with the user' };
  const answers = last.map((message) => message?.content);
  return judgeComparison({ prompt, answers, order: [1, 2], ...source });
}

function missingField(row: Row, names: readonly string[]): JudgedComparison | undefined {
  const name = names.find((each) => fieldOf(row, each) === undefined);
  return name === undefined ? undefined : { rejected: 'missing field', value: name };
}

function wrongType(name: string): JudgedComparison {
  return { rejected: 'field of the wrong type', value: name };
}
