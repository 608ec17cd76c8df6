/** What makes tokenizer data sound, and what makes two the same. */
import { createHash } from 'node:crypto';
import { ConfigError } from '../base/index.ts';
import { maxMerges, maxVocabSize } from './bpe/merge-table.ts';
import type { TokenizerData } from './tokenizer-data.ts';

/** @throws ConfigError when the data cannot encode every byte, or an id or a token is there twice. */
export function checkTokenizerData(data: TokenizerData): void {
  const seen = new Map<string, number>();
  for (const [id, token] of data.tokens.entries()) {
    if (token === undefined || token.length === 0) continue;
    const text = latin1(token);
    const other = seen.get(text);
    if (other !== undefined) {
      throw wrong('token', `differ from token ${other}`, `${id} with the same bytes`);
    }
    seen.set(text, id);
  }
  for (let byte = 0; byte < 256; byte++) {
    if (!seen.has(String.fromCharCode(byte))) {
      throw wrong('the vocabulary', 'have a token for each of the 256 bytes', `none for ${byte}`);
    }
  }
  checkSpecialTokens(data);
  const numTokens = data.tokens.length + data.specialTokens.size;
  if (numTokens > maxVocabSize) {
    throw wrong('the vocabulary', `have at most ${maxVocabSize} tokens`, String(numTokens));
  }
  const numMerges = data.merges === 'ranks' ? 0 : data.merges.left.length;
  if (numMerges > maxMerges) {
    throw wrong('the merges', `be at most ${maxMerges}`, String(numMerges));
  }
}

/** The id of each byte's own token. */
export function byteIdsOf(data: TokenizerData): Int32Array {
  const ids = new Int32Array(256);
  for (const [id, token] of data.tokens.entries()) {
    if (token?.length === 1) ids[token[0] as number] = id;
  }
  return ids;
}

/** SHA-256, in hex, of an encoding that no two different tokenizers share. */
export function hashTokenizerData(data: TokenizerData): string {
  const hash = createHash('sha256');
  const { merges } = data;
  const specialTokens = [...data.specialTokens].sort(([, a], [, b]) => a - b);
  const head: unknown[] = [1, data.splitter, data.wholePieces, merges === 'ranks', specialTokens];
  if (data.normalizer !== undefined) head.push(data.normalizer);
  hash.update(`${JSON.stringify(head)}\n`);
  for (const token of data.tokens) {
    hash.update(`${token?.length ?? 0}\n`);
    if (token !== undefined) hash.update(token);
  }
  if (merges !== 'ranks') {
    for (let rank = 0; rank < merges.left.length; rank++) {
      hash.update(`${merges.left[rank]} ${merges.right[rank]} ${merges.result[rank]}\n`);
    }
  }
  return hash.digest('hex');
}

function checkSpecialTokens({ tokens, specialTokens }: TokenizerData): void {
  const texts = new Map<number, string>();
  for (const [text, id] of specialTokens) {
    const other = texts.get(id) ?? (tokens[id]?.length ? 'an ordinary token' : undefined);
    if (other !== undefined || !Number.isInteger(id) || id < 0 || id >= maxVocabSize) {
      const got = other === undefined ? String(id) : `${id}, which is ${other}`;
      throw wrong(`the id of the special token ${JSON.stringify(text)}`, 'be its own', got);
    }
    if (text === '') throw wrong('a special token', 'have a text', '""');
    texts.set(id, JSON.stringify(text));
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function wrong(what: string, must: string, got: string): ConfigError {
  return new ConfigError({ what, must, got });
}
