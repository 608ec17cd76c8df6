/** Byte pair encoding as one would explain it: slow, obvious, and written apart from the product. */
import type { Tokenizer } from '../tokenizer.ts';
import { regexPieces } from './regex-splitter.ts';

/** The tokens of a text by a tokenizer with ranks, as tiktoken defines them. */
export function referenceEncode(tokenizer: Tokenizer, text: string): number[] {
  const ranks = rankTable(tokenizer);
  return regexPieces(tokenizer.data.splitter, text).flatMap((piece) => {
    const bytes = Buffer.from(piece).toString('latin1');
    return mergePiece(ranks, bytes).map((part) => ranks.get(part) ?? Number.NaN);
  });
}

/** The parts into which the bytes of a piece merge, one string of Latin-1 per token. */
function mergePiece(ranks: ReadonlyMap<string, number>, piece: string): string[] {
  if (ranks.has(piece)) return [piece];
  const parts = [...piece];
  for (;;) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get(`${parts[i]}${parts[i + 1]}`) ?? Number.POSITIVE_INFINITY;
      if (rank < bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    if (best < 0) return parts;
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
}

const tables = new WeakMap<Tokenizer, Map<string, number>>();

function rankTable(tokenizer: Tokenizer): Map<string, number> {
  let table = tables.get(tokenizer);
  if (table === undefined) {
    const entries = tokenizer.data.tokens.entries();
    table = new Map(
      [...entries].map(([id, token]) => [Buffer.from(token ?? []).toString('latin1'), id]),
    );
    tables.set(tokenizer, table);
  }
  return table;
}

/** Merges of words with counts, by recounting every pair before every merge. */
export function referenceMerges(
  words: ReadonlyMap<string, number>,
  idOfByte: (byte: number) => number,
  numMerges: number,
  minPairCount: number,
): [number, number][] {
  const chains = [...words].map(([word, count]) => ({
    ids: [...Buffer.from(word, 'latin1')].map(idOfByte),
    count,
  }));
  const merges: [number, number][] = [];
  while (merges.length < numMerges) {
    const counts = new Map<string, { pair: [number, number]; count: number }>();
    for (const { ids, count } of chains) countPairs(ids, count, counts);
    const candidates = [...counts.values()].filter(({ count }) => count >= minPairCount);
    candidates.sort((a, b) => b.count - a.count || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);
    const best = candidates[0];
    if (best === undefined) break;
    for (const chain of chains) chain.ids = merged(chain.ids, best.pair, 256 + merges.length);
    merges.push(best.pair);
  }
  return merges;
}

function countPairs(
  ids: readonly number[],
  count: number,
  counts: Map<string, { pair: [number, number]; count: number }>,
): void {
  for (let i = 0; i + 1 < ids.length; i++) {
    const pair: [number, number] = [ids[i] as number, ids[i + 1] as number];
    const entry = counts.get(pair.join()) ?? { pair, count: 0 };
    entry.count += count;
    counts.set(pair.join(), entry);
  }
}

function merged(ids: readonly number[], [left, right]: [number, number], id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const matches = ids[i] === left && ids[i + 1] === right;
    result.push(matches ? id : (ids[i] as number));
    if (matches) i++;
  }
  return result;
}
