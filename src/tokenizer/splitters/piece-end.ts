/** Where pieces end: at once for a text at hand, bit by bit for a piece that does not seem to end. */
import { characterBefore, incompleteTail } from './horizon.ts';
import { runs, skipLetters, skipRun } from './runs.ts';
import { type WhitespaceRule, whitespaceCut, whitespaceEnd } from './whitespace.ts';

/** How a splitter cuts pieces. */
export interface PieceRules {
  /** The end of the piece that starts at `start < end`; it lies in (start, end]. */
  pieceEnd(bytes: Uint8Array, start: number, end: number): number;
  /** How that piece opens: see `opening` in runs.ts. */
  opening(bytes: Uint8Array, start: number, end: number): number;
  readonly whitespace: WhitespaceRule;
}

/** The end of the piece that starts at `start` and opens like this. */
export function endOfOpened(
  opening: number,
  whitespace: WhitespaceRule,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const run = opening >> 4;
  const at = start + (opening & 15);
  if (run === runs.letters) return skipLetters(bytes, at, end);
  if (run === runs.whitespace) return whitespaceEnd(whitespace, bytes, start, end);
  return skipRun(run, bytes, at, end);
}

/**
 * The end of the piece that starts at `start`, found in slices, at each of which it yields.
 *
 * @param end lies between two characters, unless the text ends there.
 * @param isWhole the text ends at `end`.
 * @param sliceBytes what is scanned at once, by default below a millisecond.
 * @returns the end of the piece; -1 when what follows `end` may still belong to it.
 */
export function* pieceEndSlices(
  rules: PieceRules,
  bytes: Uint8Array,
  start: number,
  end: number,
  isWhole: boolean,
  sliceBytes = 2 ** 16,
): Generator<void, number> {
  const opening = rules.opening(bytes, start, end);
  let run = opening >> 4;
  let at = start + (opening & 15);
  let afterNewline = 0;
  while (at < end) {
    const from = at;
    const limit = cutBetweenCharacters(bytes, from, from + sliceBytes, end);
    at = skipRun(run, bytes, from, limit);
    if (run === runs.whitespace) afterNewline = behindNewline(bytes, from, at) || afterNewline;
    if (at < limit) break;
    if (isSymbolLine(run) && behindNewline(bytes, at - 1, at) > 0) run = runs.newlines;
    yield;
  }
  if (at === end && !isWhole) return -1;
  if (run !== runs.whitespace) return at;
  const last = characterBefore(bytes, start, at);
  return whitespaceCut(rules.whitespace, start, at, at === end, last, afterNewline);
}

/** The limit or, when a character lies across it, where that starts; never more than `end`. */
function cutBetweenCharacters(bytes: Uint8Array, from: number, limit: number, end: number): number {
  return limit < end ? limit - incompleteTail(bytes, from, limit) : end;
}

function isSymbolLine(run: number): boolean {
  return run === runs.symbolLine || run === runs.bareSymbolLine;
}

/** The position behind the last newline in `bytes[from, to)`; 0 when there is none. */
function behindNewline(bytes: Uint8Array, from: number, to: number): number {
  for (let at = to; at > from; at--) {
    if (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d) return at;
  }
  return 0;
}
