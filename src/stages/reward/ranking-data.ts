/** From rankings to sequences of tokens that a reward model scores. */
import { createHash } from 'node:crypto';
import {
  deriveSeed,
  findGenerator,
  Rejections,
  readJsonLines,
  type Seed,
  SeededRandom,
  type StageContext,
} from '../../base/index.ts';
import { readComparison } from '../../chat/index.ts';
import { rankedPairs } from '../../rl/index.ts';
import { nothingLeft } from '../training/index.ts';
import type { RewardBase } from './base-model.ts';
import type { RankingData, RewardConfig } from './config.ts';
import { type RankedSequences, renderRanking } from './ranked-sequences.ts';
import { rankSampledAnswers } from './sampled-rankings.ts';

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
  base: RewardBase,
  context: StageContext,
): Promise<RankingSets> {
  const rejections = new Rejections();
  const sets: RankingSets = { train: [], heldOut: [], numRead: 0, rejections, sha256: '' };
  const hash = createHash('sha256');
  for (const [i, entry] of data.entries()) {
    for await (const row of rowsOf(entry, i, base, context)) {
      sets.numRead++;
      const ranked = readRow(row, entry, base);
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
  entry: RankingData,
  index: number,
  base: RewardBase,
  context: StageContext,
): AsyncGenerator<Row> {
  const { generator = '', options = {}, sampled } = entry;
  const where = `reward.data.${index}`;
  const files =
    sampled === undefined
      ? entry.files
      : [await rankSampledAnswers({ where, generator, options, sampled }, base, context)];
  if (files !== undefined) {
    for (const file of files) yield* readJsonLines(file);
    return;
  }
  const make = findGenerator(where, generator, context.conversationGenerators);
  for (const value of make(options)) yield { value: value as Readonly<Record<string, unknown>> };
}

function readRow(
  row: Row,
  { format }: RankingData,
  { template, contextLength }: RewardBase,
): RankedSequences | { rejected: string } {
  const judged = 'value' in row ? readComparison(row.value, format) : row;
  if ('rejected' in judged) return judged;
  const gold = 'value' in row ? row.value.gold : undefined;
  const isKnown = Array.isArray(gold) && gold.length === judged.comparison.answers.length;
  const worth = isKnown && gold.every(Number.isFinite) ? (gold as number[]) : undefined;
  return renderRanking(judged.comparison, template, contextLength, worth);
}

function pairsOf({ sequences, lengths, gold: _, ...ranked }: RankedSequences): RankedSequences[] {
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
  throw nothingLeft('reward.data', 'have rankings to train on', numRead, counts);
}
