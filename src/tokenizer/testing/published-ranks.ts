/** The published vocabularies of GPT-2 and GPT-4, from the npm package `tiktoken`. */
import { createRequire } from 'node:module';
import { Tokenizer } from '../tokenizer.ts';

interface PackagedRanks {
  pat_str: string;
  special_tokens: Record<string, number>;
  /** Lines of `! <first rank> <base64 tokens…>`. */
  bpe_ranks: string;
}

const require = createRequire(import.meta.url);

export function publishedRanks(name: 'gpt2' | 'cl100k'): Tokenizer {
  const file = name === 'cl100k' ? 'cl100k_base' : name;
  const packaged = require(`tiktoken/encoders/${file}.json`) as PackagedRanks;
  const tokens: Uint8Array[] = [];
  for (const line of packaged.bpe_ranks.split('\n')) {
    const [, first, ...encoded] = line.split(' ');
    for (const [index, token] of encoded.entries()) {
      tokens[Number(first) + index] = Uint8Array.from(Buffer.from(token, 'base64'));
    }
  }
  const specialTokens = new Map(Object.entries(packaged.special_tokens));
  return new Tokenizer({
    splitter: name,
    tokens,
    merges: 'ranks',
    wholePieces: true,
    specialTokens,
  });
}
