/** From rankings to sequences of tokens that a reward model scores. */
import { createHash } from 'node:crypto';
import {
  ConfigError,
  deriveSeed,
  findGenerator,
  Rejections,
  readJsonLines,
  type Seed,
  SeededRandom,
  type StageContext,
} from '../../base/index.ts';
import {
  type ChatTemplate,
  type Comparison,
  readComparison,
  truncateMessages,
} from '../../chat/index.ts';
import { rankedPairs } from '../../rl/index.ts';
import type { RewardBase } from './base-model.ts';
import type { RankingData, RewardConfig } from './config.ts';

/** A prompt with each of its answers, as tokens. */
export interface RankedSequences {
  /** The same for all rankings of answers to it. */
  prompt: string;
  /** The prompt and its answers: the same for several raters. */
  question: string;
  /** Of each answer: prompt, answer and its end token. */
  sequences: Uint32Array[];
  /** Tokens of each answer. */
  lengths: number[];
  ranks: readonly number[];
  rater?: string;
}

export interface RankingSets {
  train: RankedSequences[];
  heldOut: RankedSequences[];
  numRead: number;
  rejections: Rejections;
  /** Of the order of all tokens and ranks. */
  sha256: string;
}

/**
 * Reads all rankings; a prompt is on one side, whoever ranked it.
 * @throws ConfigError for a generator that does not exist, and when nothing is left to train on;
 *   FileError for unreadable files.
 */
export async function prepareRankings(
  { data, heldOut = 0.1, shuffledPairs = false }: RewardConfig,
  { template, contextLength }: RewardBase,
  context: StageContext,
): Promise<RankingSets> {
  const rejections = new Rejections();
  const sets: RankingSets = { train: [], heldOut: [], numRead: 0, rejections, sha256: '' };
  const hash = createHash('sha256');
  for (const [i, entry] of data.entries()) {
    for await (const row of rowsOf(entry, i, context)) {
      sets.numRead++;
      const judged = 'value' in row ? readComparison(row.value, entry.format) : row;
      const ranked =
        'rejected' in judged ? judged : render(judged.comparison, template, contextLength);
      if ('rejected' in ranked) {
        rejections.add(ranked.rejected, row);
        continue;
      }
      for (const ids of ranked.sequences) hash.update(ids);
      hash.update(JSON.stringify(ranked.ranks));
      const isHeldOut = holdsOut(ranked, heldOut, context.seed);
      if (isHeldOut) sets.heldOut.push(ranked);
      else sets.train.push(...(shuffledPairs ? pairsOf(ranked) : [ranked]));
    }
  }
  checkNotEmpty(sets);
  return { ...sets, sha256: hash.digest('hex') };
}

type Row = { file?: string; line?: number } & (
  | { value: Readonly<Record<string, unknown>> }
  | { rejected: string }
);

async function* rowsOf(
  { files, generator = '', options = {} }: RankingData,
  index: number,
  { conversationGenerators }: StageContext,
): AsyncGenerator<Row> {
  if (files !== undefined) {
    for (const file of files) yield* readJsonLines(file);
    return;
  }
  const make = findGenerator(`reward.data.${index}`, generator, conversationGenerators);
  for (const value of make(options)) yield { value: value as Readonly<Record<string, unknown>> };
}

/** Rejected when not even the last turn fits with the longest answer. */
function render(
  { prompt, answers, ranks, rater }: Comparison,
  template: ChatTemplate,
  maxTokens: number,
): RankedSequences | { rejected: string } {
  const rendered = (messages: Comparison['prompt']) =>
    answers.map((content) => {
      const { ids, learned, turns } = template.render([
        ...messages,
        { role: 'assistant', content },
      ]);
      // What stands behind the end of the answer, such as a line break, is never generated.
      const end = learned.lastIndexOf(1) + 1;
      const first = turns.indexOf(messages.length);
      return { ids: ids.slice(0, end), length: end - first };
    });
  const fits = (messages: Comparison['prompt']) =>
    rendered(messages).every(({ ids }) => ids.length <= maxTokens);
  const messages = truncateMessages(prompt, fits);
  if (messages === undefined) return { rejected: 'answers above the context' };
  const texts = rendered(messages);
  return {
    prompt: JSON.stringify(prompt),
    question: JSON.stringify([prompt, answers]),
    sequences: texts.map(({ ids }) => ids),
    lengths: texts.map(({ length }) => length),
    ranks,
    ...(rater !== undefined && { rater }),
  };
}

function pairsOf({ sequences, lengths, ...ranked }: RankedSequences): RankedSequences[] {
  const pick = <T>(from: readonly T[], pair: readonly number[]) => pair.map((at) => from[at] as T);
  return rankedPairs(ranked.ranks).map((pair) => ({
    ...ranked,
    sequences: pick(sequences, pair),
    lengths: pick(lengths, pair),
    ranks: [1, 2],
  }));
}

function holdsOut({ prompt }: RankedSequences, share: number, seed: Seed): boolean {
  return new SeededRandom(deriveSeed(seed, 'held-out rankings', prompt)).next() < share;
}

function checkNotEmpty({ train, numRead, rejections: { counts } }: RankingSets): void {
  if (train.length > 0) return;
  const reasons = Object.entries(counts).map(([reason, number]) => `${number} ${reason}`);
  const got = `none of ${numRead}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`;
  throw new ConfigError({ what: 'reward.data', must: 'have rankings to train on', got });
}
