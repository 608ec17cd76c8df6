/** Random text for tests: made of what splits, folds, joins and decodes in unexpected ways. */
import type { SeededRandom } from '../../base/index.ts';
import { classOfCodePoint } from '../splitters/character-classes.ts';

const snippets = [
  ...[
    "'s",
    "'S",
    "'ll",
    "'LL",
    "'Ll",
    "'ve",
    "'re",
    "'d",
    "'t",
    "'m",
    "'ſ",
    "'",
    "''",
    'ſ',
    'K',
    'İ',
  ],
  ...[
    ' ',
    '  ',
    '   ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    ' \n',
    '\n ',
    '\u0085',
    '\u00a0',
    '\u3000',
  ],
  ...['\u2003', '\u2028', '\u200b', '\u200d', '\ufeff', '\u0000', '\u001f', '\u007f'],
  ...[
    'a',
    'B',
    'foo',
    'été',
    'e\u0301',
    'ß',
    'Дом',
    'שלום',
    'नमस्ते',
    'ไทย',
    '한국',
    'ひらがな',
    '々',
  ],
  ...['中', '春眠不觉晓', '〇', '二〇', '，', '。', '「', '」', '𠮷', '⺀', '你好'],
  ...['0', '1', '42', '007', '12345', '½', '٣', 'Ⅷ', '〡', '①'],
  ...[
    '!',
    '??',
    '...',
    '_',
    '/',
    '//',
    '{',
    '};',
    '->',
    '-',
    '<|endoftext|>',
    '€',
    '😀',
    '👩‍👩‍👧',
    '🇨🇳',
  ],
] as const;

/** Up to 24 snippets, now and then a random code point. */
export function awkwardText(random: SeededRandom): string {
  let text = '';
  for (let left = random.int(25); left > 0; left--) {
    text += random.int(8) === 0 ? agreedCharacter(random) : random.pick(snippets);
  }
  return text;
}

/**
 * The same without what the published encoders read differently: U+0085 and U+FEFF, which JavaScript
 * counts otherwise as whitespace, and characters younger than their Unicode data.
 */
export function stableText(random: SeededRandom): string {
  const text = awkwardText(random);
  return text.replace(
    /[\u0085\ufeff]|(?![一-龥가-힣\u{1f300}-\u{1f64f}])[^\0-\u036f\u2000-\u206f\u3000-\u30ff]/gu,
    'x',
  );
}

const blocks = [0x80, 0x250, 0x3000, 0x10000, 0x20000, 0x110000] as const;

/**
 * A character for which the regular expressions of this Node agree with our table, so that a test
 * against them passes on every Node.
 */
function agreedCharacter(random: SeededRandom): string {
  for (;;) {
    const code = random.int(random.pick(blocks));
    const character = String.fromCodePoint(code);
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const bits = classOfCodePoint(code);
    const agreed =
      /\p{L}/u.test(character) === ((bits & 1) !== 0) &&
      /\p{N}/u.test(character) === ((bits & 2) !== 0) &&
      /\p{Script=Han}/u.test(character) === ((bits & 16) !== 0) &&
      /\p{M}/u.test(character) === ((bits & 32) !== 0);
    if (agreed) return character;
  }
}
