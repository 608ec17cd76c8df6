/**
 * What a character is, for cutting text into pre-tokens. The classes come from a pinned Unicode
 * version (`unicodeVersion`), not from `\p{…}` at run time: Node builds differ in their Unicode
 * data, and token ids must not.
 *
 * A class is a sum of bits; 0 is everything else: punctuation, symbols, controls, unassigned code
 * points, and every byte that is not part of valid UTF-8.
 */
import { classBits, classRuns } from './character-classes.generated.ts';

/** `\p{L}` */
export const letterBit = 1;
/** `\p{N}` */
export const numberBit = 2;
/** `\s` of PCRE, Oniguruma and Rust, which is the property White_Space: U+0085 in, U+FEFF out. */
export const spaceBit = 4;
/** `[\r\n]`, always together with `space`. */
export const newlineBit = 8;
/** `\p{Script=Han}`, together with `letter` for 中, with `number` for 〇, alone for radicals. */
export const hanBit = 16;
/** `\p{M}` */
export const markBit = 32;

/** Only in the table of ASCII: the byte belongs to a longer sequence, look further. */
export const notAsciiBit = 128;

/** Code points per block of the two-level table; equal blocks are stored once. */
const blockSize = 128;

export interface CharacterClasses {
  /** The class of each ASCII character; `notAsciiBit` for the bytes from 128 on. */
  readonly ascii: Uint8Array;
  /** What `characterAt` says of each ASCII character; 0 for the bytes from 128 on. */
  readonly asciiCharacters: Uint16Array;
  /** Where the block of a code point starts in `blocks`, by code point / 128. */
  readonly blockStarts: Uint16Array;
  readonly blocks: Uint8Array;
}

let classes: CharacterClasses | undefined;

/** The table, unpacked at the first use and shared after that. */
export function characterClasses(): CharacterClasses {
  classes ??= unpackClasses();
  return classes;
}

/** The class of a code point from 0 to 0x10FFFF. */
export function classOfCodePoint(codePoint: number): number {
  const { blockStarts, blocks } = characterClasses();
  return blocks[(blockStarts[codePoint >> 7] as number) + (codePoint & 127)] as number;
}

/**
 * The character that starts at `bytes[at]`, as 8 × class + length in bytes. A byte that does not
 * start a whole, valid UTF-8 sequence before `end` is a character of class 0 and length 1.
 */
export function characterAt(bytes: Uint8Array, at: number, end: number): number {
  const ascii = characterClasses().asciiCharacters[bytes[at] as number] as number;
  return ascii !== 0 ? ascii : longCharacterAt(bytes, at, end);
}

/** The same for a byte from 128 on. */
export function longCharacterAt(bytes: Uint8Array, at: number, end: number): number {
  const codePointAndLength = codePointAt(bytes, at, end);
  const codePoint = codePointAndLength >> 3;
  if (codePoint < 0) return 1;
  const { blockStarts, blocks } = characterClasses();
  const bits = blocks[(blockStarts[codePoint >> 7] as number) + (codePoint & 127)] as number;
  return (bits << 3) | (codePointAndLength & 7);
}

/**
 * Decodes the UTF-8 sequence at `bytes[at]` to 8 × code point + length in bytes; negative when it is
 * not one (overlong, a surrogate, above U+10FFFF, cut off by `end`).
 */
export function codePointAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return (lead << 3) | 1;
  const left = end - at;
  if (lead < 0xe0) {
    if (lead < 0xc2 || left < 2) return -1;
    const tail = (bytes[at + 1] as number) ^ 0x80;
    return tail > 0x3f ? -1 : ((((lead & 0x1f) << 6) | tail) << 3) | 2;
  }
  if (left < 3) return -1;
  const tail1 = (bytes[at + 1] as number) ^ 0x80;
  const tail2 = (bytes[at + 2] as number) ^ 0x80;
  if ((tail1 | tail2) > 0x3f) return -1;
  if (lead < 0xf0) {
    const codePoint = ((lead & 0x0f) << 12) | (tail1 << 6) | tail2;
    const valid = codePoint >= 0x800 && (codePoint & 0xf800) !== 0xd800;
    return valid ? (codePoint << 3) | 3 : -1;
  }
  if (left < 4 || lead > 0xf4) return -1;
  const tail3 = (bytes[at + 3] as number) ^ 0x80;
  const codePoint = ((lead & 0x07) << 18) | (tail1 << 12) | (tail2 << 6) | tail3;
  const valid = tail3 <= 0x3f && codePoint >= 0x10000 && codePoint <= 0x10ffff;
  return valid ? (codePoint << 3) | 4 : -1;
}

function unpackClasses(): CharacterClasses {
  const flat = unpackRuns();
  const numBlocks = flat.length / blockSize;
  const blockStarts = new Uint16Array(numBlocks);
  const blocks: number[] = [];
  const startOf = new Map<string, number>();
  for (let block = 0; block < numBlocks; block++) {
    const content = flat.subarray(block * blockSize, (block + 1) * blockSize);
    const key = content.join();
    let start = startOf.get(key);
    if (start === undefined) {
      start = blocks.length;
      startOf.set(key, start);
      blocks.push(...content);
    }
    blockStarts[block] = start;
  }
  const ascii = new Uint8Array(256).fill(notAsciiBit);
  ascii.set(flat.subarray(0, 128));
  const asciiCharacters = Uint16Array.from(ascii, (bits, code) =>
    code < 128 ? (bits << 3) | 1 : 0,
  );
  return { ascii, asciiCharacters, blockStarts, blocks: Uint8Array.from(blocks) };
}

/** One byte per code point. */
function unpackRuns(): Uint8Array {
  const flat = new Uint8Array(0x110000);
  let at = 0;
  for (const [, length, name] of classRuns.matchAll(/([0-9a-z]+)([A-Z])/g)) {
    const end = at + Number.parseInt(length as string, 36);
    flat.fill(classBits[(name as string).charCodeAt(0) - 65] as number, at, end);
    at = end;
  }
  return flat;
}
