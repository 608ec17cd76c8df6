/** The published vocabularies of GPT-2 and GPT-4, to compare with; we do not ship them. */
import { createRequire } from 'node:module';
import { FileError } from '../../base/index.ts';
import { Tokenizer } from '../tokenizer.ts';

export type PublishedName = 'gpt2' | 'cl100k';

interface PackagedRanks {
  special_tokens: Record<string, number>;
  /** Lines of `! <first rank> <base64 tokens…>`. */
  bpe_ranks: string;
}

/** @throws FileError when the npm package `tiktoken`, which holds them, is not installed. */
export function publishedRanks(name: PublishedName): Tokenizer {
  const packaged = readPackage(name);
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

function readPackage(name: PublishedName): PackagedRanks {
  const require = createRequire(import.meta.url);
  try {
    const file = name === 'cl100k' ? 'cl100k_base' : name;
    return require(`tiktoken/encoders/${file}.json`) as PackagedRanks;
  } catch (cause) {
    throw new FileError(
      {
        what: `the vocabulary ${name}`,
        must: 'be installed with the npm package tiktoken',
        got: 'no such package',
        hint: 'npm install tiktoken',
      },
      { cause },
    );
  }
}
