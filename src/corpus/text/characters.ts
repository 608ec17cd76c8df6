/** What each UTF-16 code unit is, in one table, so that a text is read once and without patterns. */

/** The classes of code units that the statistics tell apart. */
export const characterClass = {
  symbol: 0,
  space: 1,
  newline: 2,
  /** Letters and marks that stand in words, and the underscore of programs. */
  letter: 3,
  digit: 4,
  /** A Chinese character, which is a unit of its own; also the first half of a rare one. */
  han: 5,
  /** Kana, Thai and other letters of languages that are written without spaces. */
  unspaced: 6,
  punctuation: 7,
  /** U+FFFD, control characters, private use and unassigned code points. */
  broken: 8,
  /** The second half of a surrogate pair, counted with the first. */
  trail: 9,
} as const;

export interface CharacterTable {
  /** The class of each code unit. */
  readonly classes: Uint8Array;
  /** Each code unit in lower case, where that is one code unit. */
  readonly lower: Uint16Array;
}

let table: CharacterTable | undefined;

/** The table, made at the first call (some 30 ms). */
export function characterTable(): CharacterTable {
  table ??= makeTable();
  return table;
}

function makeTable(): CharacterTable {
  const classes = new Uint8Array(2 ** 16);
  const lower = new Uint16Array(2 ** 16);
  for (let code = 0; code < 2 ** 16; code++) {
    const character = String.fromCharCode(code);
    const lowered = character.toLowerCase();
    classes[code] = code >= 0xd800 && code < 0xe000 ? surrogate(code) : classOf(character);
    lower[code] = lowered.length === 1 ? lowered.charCodeAt(0) : code;
  }
  return { classes, lower };
}

/** Planes 2 and 3 are Chinese characters; of plane 1 most that web pages hold are pictures. */
function surrogate(code: number): number {
  if (code >= 0xdc00) return characterClass.trail;
  return code >= 0xd840 && code < 0xd8c0 ? characterClass.han : characterClass.symbol;
}

function classOf(character: string): number {
  if (character === '\n') return characterClass.newline;
  if (/[\s\u200b-\u200d\ufeff]/u.test(character)) return characterClass.space;
  if (/\p{Script=Han}/u.test(character)) return characterClass.han;
  if (unspacedLetters.test(character)) return characterClass.unspaced;
  if (/[\p{L}\p{M}_]/u.test(character)) return characterClass.letter;
  if (/\p{N}/u.test(character)) return characterClass.digit;
  if (/\p{P}/u.test(character)) return characterClass.punctuation;
  return /[\p{C}\ufffd]/u.test(character) ? characterClass.broken : characterClass.symbol;
}

const unspacedLetters =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
