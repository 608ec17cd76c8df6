/**
 * Unicode normalization form C, for tokenizers that ask for it (Qwen's do).
 *
 * It is `String.prototype.normalize`, so it follows the Unicode version of this Node. That may do
 * here what it may not for splitters: by Unicode's stability policy the form of an assigned
 * character never changes, so two versions differ only in characters that the older one does not
 * know, and those it leaves as they are.
 */
import { codePointAt } from './splitters/character-classes.ts';

/** ICU needs quadratic time to put this many marks in order; longer runs are put in order before. */
const maxMarks = 64;
const manyMarks = new RegExp(`\\p{M}{${maxMarks},}`, 'gu');
/** It has the highest combining class, so any mark that can move comes before it. */
const iotaSubscript = '\u0345';

/** The text in form C, in time that grows with its length. */
export function nfc(text: string): string {
  return text.replace(manyMarks, marksInOrder).normalize('NFC');
}

/** The same for UTF-8; bytes that are none stay as they are, and what is around them is normalized. */
export function nfcBytes(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    at = skipValid(bytes, start);
    parts.push(new TextEncoder().encode(nfc(decoder.decode(bytes.subarray(start, at)))));
    const firstInvalid = at;
    while (at < bytes.length && codePointAt(bytes, at, bytes.length) < 0) at++;
    parts.push(bytes.subarray(firstInvalid, at));
  }
  return Buffer.concat(parts);
}

/** The first position from `at` on at which no valid UTF-8 sequence starts. */
function skipValid(bytes: Uint8Array, at: number): number {
  for (let next = at; ; ) {
    if (next >= bytes.length) return next;
    const codePoint = codePointAt(bytes, next, bytes.length);
    if (codePoint < 0) return next;
    next += codePoint & 7;
  }
}

/** A text that arrives in parts, of which form C is given as soon as no later part can change it. */
export class NfcStream {
  #pending: Uint8Array[] = [];

  /** @returns form C of what is final. */
  push(bytes: Uint8Array, isLast: boolean): Uint8Array {
    const end = isLast ? bytes.length : lastBoundary(bytes);
    if (end < 0) {
      this.#pending.push(Uint8Array.from(bytes));
      return new Uint8Array(0);
    }
    const final = Buffer.concat([...this.#pending, bytes.subarray(0, end)]);
    this.#pending = [Uint8Array.from(bytes.subarray(end))];
    return nfcBytes(final);
  }
}

/**
 * The last position of a character that never changes with those before it: ASCII, or what starts
 * with the bytes E4 to E9, which are U+4000 to U+9FFF; -1 without one.
 */
function lastBoundary(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at] as number;
    if (byte < 0x80 || (byte >= 0xe4 && byte <= 0xe9)) return at;
  }
  return -1;
}

/** Marks in canonical order (Unicode Standard, 3.11), in linear time. */
function marksInOrder(marks: string): string {
  const single = [...marks].map((mark) => mark.normalize('NFD')).join('');
  const ranks = ranksOf(new Set(single));
  const ordered: string[] = [];
  let byRank: string[][] = [];
  const takeAll = (): void => {
    for (const sameRank of byRank) for (const mark of sameRank ?? []) ordered.push(mark);
    byRank = [];
  };
  for (const mark of single) {
    const rank = ranks.get(mark);
    if (rank === undefined) {
      takeAll();
      ordered.push(mark);
    } else {
      byRank[rank] ??= [];
      byRank[rank].push(mark);
    }
  }
  takeAll();
  return ordered.join('');
}

/** The rank of each mark's combining class among those of the others; none for class 0. */
function ranksOf(marks: ReadonlySet<string>): Map<string, number> {
  const moving = [...marks].filter(
    (mark) => mark === iotaSubscript || comesFirst(mark, iotaSubscript),
  );
  moving.sort((a, b) => Number(comesFirst(b, a)) - Number(comesFirst(a, b)));
  const ranks = new Map<string, number>();
  let rank = 0;
  for (const [i, mark] of moving.entries()) {
    if (i > 0 && comesFirst(moving[i - 1] as string, mark)) rank++;
    ranks.set(mark, rank);
  }
  return ranks;
}

/** Whether canonical order puts the mark before the other, as normalizing them shows. */
function comesFirst(mark: string, other: string): boolean {
  return mark !== other && (other + mark).normalize('NFD') === mark + other;
}
