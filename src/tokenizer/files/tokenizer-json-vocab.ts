/** The two large fields of `tokenizer.json`: `model.vocab` and `model.merges`. */
import type { FileError } from '../../base/index.ts';
import { type MergeList, maxMerges, maxVocabSize } from '../bpe/merge-table.ts';
import { bytesOfCharacters } from './byte-alphabet.ts';
import { JsonField } from './json-field.ts';

/** The ids by token, as the file writes tokens. */
export function readVocab(vocab: JsonField): Map<string, number> {
  const entries = Object.entries(vocab.object());
  if (entries.length > maxVocabSize) throw vocab.error(`have at most ${maxVocabSize} tokens`);
  const ids = new Map<string, number>();
  for (const [token, id] of entries) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= maxVocabSize) {
      throw entryError(vocab, token, id, `be a whole number from 0 to ${maxVocabSize - 1}`);
    }
    ids.set(token, id);
  }
  return ids;
}

/** Ordinary tokens by id. Every id up to the largest must be taken, which also finds double keys. */
export function tokensById(
  vocab: JsonField,
  ids: ReadonlyMap<string, number>,
  specialTokens: ReadonlyMap<string, number>,
): (Uint8Array | undefined)[] {
  const tokens: (Uint8Array | undefined)[] = [];
  const owners: (string | undefined)[] = [];
  for (const [token, id] of [...ids, ...specialTokens]) {
    const owner = owners[id];
    if (owner !== undefined && owner !== token) {
      throw entryError(vocab, token, id, `differ from that of ${shortened(owner)}`);
    }
    owners[id] = token;
    const specialId = specialTokens.get(token);
    if (specialId !== undefined) {
      if (specialId === id) continue;
      throw entryError(vocab, token, id, `be as in added_tokens, ${specialId}`);
    }
    const bytes = bytesOfCharacters(token);
    if (bytes === undefined || bytes.length === 0) {
      throw entryError(vocab, token, id, 'belong to characters of the byte alphabet');
    }
    tokens[id] = bytes;
  }
  const gap = Array.from(owners).indexOf(undefined);
  if (gap >= 0) throw vocab.error(`have a token for each id; there is none for ${gap}`);
  // Ids of special tokens are holes so far; a list without holes is faster to walk.
  return Array.from(tokens);
}

/** The merges by rank; both tokens of a merge and what they make must be ordinary tokens. */
export function readMerges(
  merges: JsonField,
  ids: ReadonlyMap<string, number>,
  tokens: readonly (Uint8Array | undefined)[],
): MergeList {
  const numMerges = merges.list().length;
  if (numMerges > maxMerges) throw merges.error(`have at most ${maxMerges} entries`);
  const left = new Int32Array(numMerges);
  const right = new Int32Array(numMerges);
  const result = new Int32Array(numMerges);
  const seen = new Set<number>();
  const ordinaryId = (rank: number, token: string): number => {
    const id = ids.get(token);
    if (id !== undefined && tokens[id] !== undefined) return id;
    throw merges.at(rank).error(`join and make tokens of model.vocab; ${shortened(token)} is none`);
  };
  for (let rank = 0; rank < numMerges; rank++) {
    const [head, tail] = mergeParts(merges, rank);
    left[rank] = ordinaryId(rank, head);
    right[rank] = ordinaryId(rank, tail);
    result[rank] = ordinaryId(rank, head + tail);
    const pair = (left[rank] as number) * maxVocabSize + (right[rank] as number);
    if (seen.has(pair)) throw merges.at(rank).error('not be there twice');
    seen.add(pair);
  }
  return { left, right, result };
}

/** Both forms of the format: `"a b"`, and since 2024 `["a", "b"]`. */
function mergeParts(merges: JsonField, rank: number): [string, string] {
  const entry = merges.list()[rank];
  const parts = typeof entry === 'string' ? entry.split(' ') : merges.at(rank).list();
  const [head, tail] = parts;
  if (parts.length !== 2 || typeof head !== 'string' || typeof tail !== 'string') {
    throw merges.at(rank).error('be two tokens');
  }
  return [head, tail];
}

function entryError(vocab: JsonField, token: string, id: unknown, must: string): FileError {
  return new JsonField(vocab.file, `${vocab.path}[${shortened(token)}]`, id).error(must);
}

function shortened(token: string): string {
  return JSON.stringify(token.length > 60 ? `${token.slice(0, 60)}…` : token);
}
