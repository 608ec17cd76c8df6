import { ConfigError } from '../base/index.ts';
import { type Device, noGrad, scope, type Tensor, tensor } from '../tensor/index.ts';
import type { RewardModel } from './reward-model.ts';

export interface ScoreOptions {
  /** The most tokens of one pass, padding included. Default: 8,192. */
  maxTokens?: number;
}

/**
 * The reward of each sequence: prompt, answer and its end token. Sequences of like lengths share a
 * pass, with dropout off; a score does not depend on who shares it, but for rounding.
 *
 * @throws ConfigError for a sequence without a token, or longer than the model's context.
 */
export function scoreSequences(
  model: RewardModel,
  sequences: readonly ArrayLike<number>[],
  { maxTokens = 8192 }: ScoreOptions = {},
): Float32Array {
  for (const [i, { length }] of sequences.entries()) checkLength(model, i, length);
  const lengthAt = (place: number) => sequences[place]?.length ?? 0;
  const order = [...sequences.keys()].sort((a, b) => lengthAt(a) - lengthAt(b));
  const scores = new Float32Array(sequences.length);
  const wasTraining = model.training;
  model.eval();
  try {
    for (const places of passes(order, lengthAt, maxTokens)) {
      const rows = places.map((place) => sequences[place] ?? []);
      for (const [i, score] of scorePass(model, rows).entries()) scores[places[i] ?? 0] = score;
    }
  } finally {
    model.train(wasTraining);
  }
  return scores;
}

/** Places, shortest first, in groups of which the longest times their number is small enough. */
function passes(
  order: readonly number[],
  lengthAt: (place: number) => number,
  maxTokens: number,
): number[][] {
  const groups: number[][] = [];
  for (const place of order) {
    const group = groups.at(-1);
    const fits = group !== undefined && (group.length + 1) * lengthAt(place) <= maxTokens;
    if (fits) group.push(place);
    else groups.push([place]);
  }
  return groups;
}

function scorePass(model: RewardModel, rows: readonly ArrayLike<number>[]): number[] {
  return noGrad(() =>
    scope(() => {
      const { tokens, lengths } = padRight(rows, model.head.weight.device);
      return Array.from(model.score(tokens, lengths).to({ device: 'cpu' }).toTypedArray(), Number);
    }),
  );
}

/** Sequences as one batch, int64[B, T], with zeros behind the shorter ones. */
export function padRight(
  rows: readonly ArrayLike<number>[],
  device: Device = 'cpu',
): { tokens: Tensor; lengths: number[] } {
  const lengths = rows.map(({ length }) => length);
  const longest = Math.max(...lengths);
  const ids = new BigInt64Array(rows.length * longest);
  for (const [i, row] of rows.entries()) ids.set(Array.from(row, BigInt), i * longest);
  return { tokens: tensor(ids, { shape: [rows.length, longest], device }), lengths };
}

function checkLength(model: RewardModel, place: number, length: number): void {
  const { contextLength } = model.gpt.config;
  if (length >= 1 && length <= contextLength) return;
  throw new ConfigError({
    what: `sequence ${place} to score`,
    must: `have from 1 to ${contextLength} tokens, the reward model's context`,
    got: String(length),
    hint: 'leave out the oldest turns of its prompt, never the end of its answer',
  });
}
