/** A tokenizer whose tokens are bytes, so that tests can foresee every id. */
import { Tokenizer } from '../../tokenizer/index.ts';

/** `endOfTextId` decides the size of the vocabulary, and so the dtype of shards. */
export function byteTokenizer(endOfTextId = 256): Tokenizer {
  return new Tokenizer({
    splitter: 'gpt2',
    tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    merges: 'ranks',
    wholePieces: true,
    specialTokens: new Map([['<|endoftext|>', endOfTextId]]),
  });
}
