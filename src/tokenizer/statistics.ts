/** How well a tokenizer fits a kind of text: the fewer tokens for the same bytes, the better. */
import { characterAt, hanBit, spaceBit } from './splitters/character-classes.ts';
import type { Tokenizer } from './tokenizer.ts';

export type TextKind = 'Chinese' | 'English' | 'code';

/** A text of which more than this share of the visible characters is Han counts as Chinese. */
const chineseShare = 0.3;

const codeSuffix = /\.(c|cc|cpp|css|go|h|html|java|js|json|jsx|mjs|py|rs|sh|ts|tsx|yaml|yml)$/;

/** The kind of a text; programs are known by the name of their file, the rest by its characters. */
export function kindOfText(text: string, fileName: string): TextKind {
  if (codeSuffix.test(fileName)) return 'code';
  const bytes = new TextEncoder().encode(text);
  let numHan = 0;
  let numVisible = 0;
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at, bytes.length);
    if (((character >> 3) & spaceBit) === 0) numVisible++;
    if (((character >> 3) & hanBit) !== 0) numHan++;
    at += character & 7;
  }
  return numHan > chineseShare * numVisible ? 'Chinese' : 'English';
}

export interface Compression {
  numTexts: number;
  numBytes: number;
  numTokens: number;
  bytesPerToken: number;
}

/** Counts the tokens of texts, by kind. */
export function measureCompression(
  tokenizer: Tokenizer,
  texts: Iterable<{ kind: TextKind; text: string }>,
): Map<TextKind, Compression> {
  const kinds = new Map<TextKind, Compression>();
  for (const { kind, text } of texts) {
    const bytes = new TextEncoder().encode(text);
    const sums = kinds.get(kind) ?? { numTexts: 0, numBytes: 0, numTokens: 0, bytesPerToken: 0 };
    sums.numTexts++;
    sums.numBytes += bytes.length;
    sums.numTokens += tokenizer.encode(bytes).length;
    sums.bytesPerToken = sums.numTokens === 0 ? 0 : sums.numBytes / sums.numTokens;
    kinds.set(kind, sums);
  }
  return kinds;
}
