import { Tokenizer } from '../src/tokenizer/index.ts';

/** A tokenizer whose tokens are bytes, so that tests can foresee every id; special tokens from 256 on. */
export function byteTokenizer(specialTokens: readonly string[] = ['<|endoftext|>']): Tokenizer {
  return new Tokenizer({
    splitter: 'athanor',
    tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    merges: 'ranks',
    wholePieces: true,
    specialTokens: new Map(specialTokens.map((text, i) => [text, 256 + i])),
  });
}
