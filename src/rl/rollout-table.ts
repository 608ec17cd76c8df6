/** A rollout for people and for files: every number of every token. */
import { scope, type Tensor } from '../tensor/index.ts';
import type { Rollout } from './rollout.ts';

/** The numbers of each token, in the order in which they are made. */
export const rolloutColumns = [
  'logprobs',
  'referenceLogprobs',
  'kl',
  'values',
  'rewards',
  'advantages',
  'returns',
] as const;

export type RolloutColumn = (typeof rolloutColumns)[number];

/** One answer as JSON data: lists have one number for each token. */
export interface RolloutRecord extends Record<RolloutColumn, number[]> {
  prompt: string;
  /** The text of each token of the answer. */
  tokens: string[];
  finished: boolean;
  score: number;
}

/** What was asked and answered, as text. */
export interface RolloutText {
  prompt: string;
  tokens: readonly string[];
}

/**
 * The answers of a rollout as JSON data, one for a line of a file.
 * @param texts of each answer; as many token texts as the answer has tokens
 */
export function rolloutRecords(rollout: Rollout, texts: readonly RolloutText[]): RolloutRecord[] {
  const columns = rolloutColumns.map((name) => [name, rowsOf(rollout[name])] as const);
  const scores = Array.from(rollout.scores.toTypedArray(), Number);
  return texts.map(({ prompt, tokens }, i) => {
    const length = rollout.lengths[i] ?? 0;
    const numbers = columns.map(([name, rows]) => [name, rows[i]?.slice(0, length) ?? []]);
    return {
      ...{ prompt, tokens: [...tokens], finished: rollout.finished[i] ?? false },
      score: scores[i] ?? Number.NaN,
      ...(Object.fromEntries(numbers) as Record<RolloutColumn, number[]>),
    };
  });
}

const titles: Record<RolloutColumn, string> = {
  logprobs: 'log π',
  referenceLogprobs: 'log π_ref',
  kl: 'KL',
  values: 'value',
  rewards: 'reward',
  advantages: 'advantage',
  returns: 'return',
};

/** Columns in which the sign says whether a token was better or worse than expected. */
const judgements: readonly RolloutColumn[] = ['kl', 'rewards', 'advantages'];

const width = 10;

/**
 * An answer as a table, one line for each token.
 * @param color whether the terminal shows colours: green for better, red for worse, and for KL red
 *   where the policy has left the reference
 */
export function rolloutTable(record: RolloutRecord, { color = false } = {}): string {
  const tokens = record.tokens.map(visible);
  const textWidth = Math.max(5, ...tokens.map(displayWidth));
  const pad = (text: string) => text + ' '.repeat(textWidth - displayWidth(text));
  const header = rolloutColumns.map((name) => titles[name].padStart(width)).join('');
  const lines = tokens.map((text, t) => {
    const cells = rolloutColumns.map((name) => cell(name, record[name][t] ?? Number.NaN, color));
    return pad(text) + cells.join('');
  });
  const end = record.finished ? 'finished' : 'no end token';
  const title = `${visible(record.prompt)}\nscore ${record.score.toFixed(3)} · ${end}`;
  return [title, pad('token') + header, ...lines].join('\n');
}

function cell(name: RolloutColumn, value: number, color: boolean): string {
  const text = (Math.abs(value) < 0.0005 ? '0.000' : value.toFixed(3)).padStart(width);
  if (!color || !judgements.includes(name) || Math.abs(value) < 0.01) return text;
  const isGood = name === 'kl' ? value < 0 : value > 0;
  const isStrong = Math.abs(value) >= 1;
  return `\u001b[${isStrong ? 1 : 22};${isGood ? 32 : 31}m${text}\u001b[0m`;
}

/** Line breaks and control characters as signs, so that a row stays one row. */
function visible(text: string): string {
  return text.replaceAll('\n', '⏎').replaceAll('\t', '→').replace(/\p{C}/gu, '�');
}

/** Chinese characters and full-width signs take two columns. */
function displayWidth(text: string): number {
  const isWide =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;
  return [...text].reduce((sum, character) => sum + (isWide.test(character) ? 2 : 1), 0);
}

function rowsOf(values: Tensor): number[][] {
  return scope(() => values.to({ dtype: 'float64' }).toArray()) as number[][];
}
