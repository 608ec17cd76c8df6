/** Texts on which tokenizers are known to become slow: endless words, endless runs, no repetition. */
import { SeededRandom } from '../../base/index.ts';

const patterns: readonly string[] = [
  ...['a', 'A', 'é', 'ß', 'Д', 'ا', 'क', '中', '的', 'ﷺ', 'ſ', '한', 'あ', '𠮷', 'ก'],
  ...[' ', '\t', '\n', '\r\n', ' \n', '\n ', '\u3000', '\u00a0', '\u2028', '\u0085'],
  ...['0', '1234567890', '٣', '½', '①'],
  ...[
    '_',
    '-',
    '=',
    '.',
    '/',
    '!',
    '"',
    "'",
    "''s",
    "'s",
    "'ll",
    '^',
    '*/',
    '{}',
    '，',
    '。',
    '<|',
  ],
  ...['\u0301', 'e\u0301', '\u200d', '👩‍👩‍👧', '😀', '🇨🇳', '\ufeff', '\u0000'],
  ...['ab', 'abc', 'aab', 'th', 'the', ' the', 'aA', 'a0', 'a ', 'a1_', 'ACGT', '春眠', '中a'],
  ...['function(){', 'https://', '\\n', '();', '<div>', '\u202e'],
];

/** Bytes that hold no text or no repetition at all. */
const alphabets: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  '0123456789abcdef',
  'acgt',
  '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后',
];

interface HostileText {
  name: string;
  text: string;
}

/** A kind of hostile text, of any size. */
export interface HostileCase {
  name: string;
  /** About so many bytes of UTF-8; the same ones each time. */
  make(sizeBytes: number): string;
}

/** Over 64 cases. */
export function hostileCases(): HostileCase[] {
  const repeated = patterns.map((pattern) => ({
    name: JSON.stringify(pattern),
    make: (sizeBytes: number) => pattern.repeat(Math.ceil(sizeBytes / Buffer.byteLength(pattern))),
  }));
  const mixed = alphabets.map((alphabet) => ({
    name: `random ${alphabet.slice(0, 12)}`,
    make: (sizeBytes: number) => drawText([...alphabet], sizeBytes),
  }));
  return [...repeated, ...mixed];
}

/** Every case at one size. */
export function hostileTexts(sizeBytes: number): HostileText[] {
  return hostileCases().map(({ name, make }) => ({ name, text: make(sizeBytes) }));
}

function drawText(letters: readonly string[], sizeBytes: number): string {
  const random = new SeededRandom(64);
  const length = Math.ceil(sizeBytes / Buffer.byteLength(letters[0] as string));
  return Array.from({ length }, () => random.pick(letters)).join('');
}
