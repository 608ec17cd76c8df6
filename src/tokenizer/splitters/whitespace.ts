/** Where runs of whitespace are cut, in the way that all splitters share. */
import { characterAt, characterClasses, newlineBit, spaceBit } from './character-classes.ts';

/** The last character of a run is left for the word that follows, except as said here. */
export interface WhitespaceRule {
  /** A run that has a newline ends behind its last newline (`\s*[\r\n]`). */
  cutsAtNewline: boolean;
  /** A run that ends the text is one piece, newlines or not (`\s+$`), before the rule above. */
  keepsFinalRun: boolean;
}

/** The end of the piece that starts with the whitespace character at `start`. */
export function whitespaceEnd(
  rule: WhitespaceRule,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const { ascii } = characterClasses();
  let at = start;
  let lastStart = start;
  let afterNewline = 0;
  while (at < end) {
    // Spaces and tabs need no decoding and are most of all whitespace.
    if ((ascii[bytes[at] as number] as number) === spaceBit) {
      lastStart = at++;
      continue;
    }
    const character = characterAt(bytes, at, end);
    if (((character >> 3) & spaceBit) === 0) break;
    lastStart = at;
    at += character & 7;
    if (((character >> 3) & newlineBit) !== 0) afterNewline = at;
  }
  return whitespaceCut(rule, start, at, at === end, lastStart, afterNewline);
}

/**
 * Where the run of whitespace `[start, runEnd)` is cut, which was seen to its end.
 *
 * @param last where its last character starts.
 * @param afterNewline the position behind its last newline, 0 when it has none.
 */
export function whitespaceCut(
  rule: WhitespaceRule,
  start: number,
  runEnd: number,
  endsText: boolean,
  last: number,
  afterNewline: number,
): number {
  if (endsText && rule.keepsFinalRun) return runEnd;
  if (rule.cutsAtNewline && afterNewline > 0) return afterNewline;
  return endsText || last === start ? runEnd : last;
}
