/** The encoding of bytes that say nothing about it, or something wrong. */
import { frequentCharacters } from './frequent-characters.data.ts';
import { decodeWindows1252 } from './windows-1252.ts';

interface Candidate {
  encoding: string;
  /** How likely a character is in a text of this encoding: from -1, never, to 1, often. */
  weigh(character: number): number;
}

/** Longer texts are judged by their beginning. */
const maxJudgedBytes = 2 ** 16;
const leastScore = 0.2;

/**
 * Guesses the encoding of a text that is not UTF-8: of those that can decode it, the one whose
 * characters are most often the frequent ones of their script; in the manner of Li and Momoi, "A
 * composite approach to language/encoding detection" (2001), with the distribution of characters only.
 *
 * @param preferred wins where others are not clearly better
 * @returns undefined when nothing looks like text
 */
export function guessEncoding(bytes: Uint8Array, preferred?: string): string | undefined {
  const sample = bytes.subarray(0, maxJudgedBytes);
  let [best, bestScore]: [string | undefined, number] = [undefined, leastScore];
  for (const { encoding, weigh } of candidates) {
    const text = decodeStrictly(sample, encoding);
    if (text === undefined) continue;
    const score = scoreOf(text, weigh) + (encoding === preferred ? preference : 0);
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return best;
}

const preference = 0.15;

/** Decodes bytes, whose last character may be cut; undefined where they are not of this encoding. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  for (let cut = 0; cut < 4 && cut <= bytes.length; cut++) {
    try {
      const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false });
      return decoder.decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // A character that is cut at the end is no mistake.
    }
  }
  return undefined;
}

/** The mean weight of the characters beyond ASCII, each counted by the bytes that it takes. */
function scoreOf(text: string, weigh: Candidate['weigh']): number {
  let [sum, numCharacters] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character < 0x80) continue;
    numCharacters++;
    // A letter of another script in the middle of a Latin word was meant to be an accented one.
    const isAmongLatin = isLatin(text.charCodeAt(i - 1)) || isLatin(text.charCodeAt(i + 1));
    sum += isAmongLatin && isForeign(character) ? -0.8 : weigh(character);
  }
  return numCharacters === 0 ? 0 : sum / numCharacters;
}

const isLatin = (c: number) => (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a);
const isHan = (c: number) => c >= 0x4e00 && c <= 0x9fff;
const isKana = (c: number) => c >= 0x3041 && c <= 0x30ff;
const isHangul = (c: number) => c >= 0xac00 && c <= 0xd7a3;
/** Letters of Greek, Cyrillic, Hebrew and Arabic. */
const isForeign = (c: number) => c >= 0x370 && c <= 0x6ff;
/** Punctuation of Chinese, Japanese and Korean, and full-width forms. */
const isWidePunctuation = (c: number) =>
  (c >= 0x3000 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff5e);

const codes = (characters: string) => new Set(Array.from(characters, (c) => c.charCodeAt(0)));
const simplified = codes(frequentCharacters.simplified);
const traditional = codes(frequentCharacters.traditional);
const korean = codes(frequentCharacters.korean);
const western = codes(frequentCharacters.western);

function weighHan(frequent: ReadonlySet<number>): Candidate['weigh'] {
  return (c) => {
    if (frequent.has(c)) return 1;
    if (isWidePunctuation(c)) return 0.8;
    return isHan(c) ? 0.05 : -0.5;
  };
}

function weighJapanese(c: number): number {
  if (isKana(c)) return 0.9;
  if (isWidePunctuation(c)) return 0.7;
  // Half-width katakana are what every other text turns into.
  return isHan(c) ? 0.2 : -0.7;
}

function weighKorean(c: number): number {
  if (korean.has(c)) return 1;
  return isHangul(c) ? 0.1 : -0.5;
}

/** Letters of an alphabet by how often they are written; capitals are rarer. */
function weighAlphabet(letters: string): Candidate['weigh'] {
  const weights = new Map<number, number>();
  for (const [rank, letter] of [...letters].entries()) {
    const weight = 1 - rank / letters.length;
    weights.set(letter.toUpperCase().charCodeAt(0), weight / 2);
    weights.set(letter.charCodeAt(0), weight);
  }
  return (c) => weights.get(c) ?? -0.5;
}

const weighCyrillic = weighAlphabet(frequentCharacters.cyrillic);

const candidates: readonly Candidate[] = [
  { encoding: 'gb18030', weigh: weighHan(simplified) },
  { encoding: 'big5', weigh: weighHan(traditional) },
  { encoding: 'shift_jis', weigh: weighJapanese },
  { encoding: 'euc-jp', weigh: weighJapanese },
  { encoding: 'euc-kr', weigh: weighKorean },
  { encoding: 'windows-1251', weigh: weighCyrillic },
  { encoding: 'koi8-r', weigh: weighCyrillic },
  { encoding: 'iso-8859-5', weigh: weighCyrillic },
  { encoding: 'ibm866', weigh: weighCyrillic },
  { encoding: 'windows-1253', weigh: weighAlphabet(frequentCharacters.greek) },
  { encoding: 'windows-1255', weigh: weighAlphabet(frequentCharacters.hebrew) },
  { encoding: 'windows-1256', weigh: weighAlphabet(frequentCharacters.arabic) },
  { encoding: 'windows-1252', weigh: (c) => (western.has(c) ? 0.6 : -0.4) },
];
