import type { Filter } from '../document.ts';
import { statisticsOf, terminalPunctuation } from '../text/index.ts';
import { drop, keep, type Writing, writingOf } from './verdict.ts';

export interface FineWebRules {
  /** Share of the lines that end in punctuation. */
  readonly minPunctuatedLines: number;
  /** Share of the lines of at most `shortLineLength` characters. */
  readonly maxShortLines: number;
  readonly shortLineLength: number;
  /** Share of the characters that are in lines which stood before. */
  readonly maxDuplicateCharacters: number;
  /** Ends of lines for each word, or Chinese character. */
  readonly maxLinesPerWord: number;
}

/** Penedo et al. 2024 (FineWeb), 3.5; datatrove's `FineWebQualityFilter`. */
export const fineWebDefaults: FineWebRules = {
  minPunctuatedLines: 0.12,
  maxShortLines: 0.67,
  shortLineLength: 30,
  maxDuplicateCharacters: 0.01,
  maxLinesPerWord: 0.3,
};

/** The same for Chinese, which says in 12 characters what takes 30 letters, and in two what is a word. */
export const chineseFineWebDefaults: FineWebRules = {
  ...fineWebDefaults,
  shortLineLength: 12,
  maxLinesPerWord: 0.15,
};

/** The rules that FineWeb added to those of Gopher and C4, against lists and menus. */
export function fineWebFilter(name: string, writing: Writing, rules: FineWebRules): Filter {
  return {
    name,
    judge(document) {
      if (writingOf(document) !== writing) return keep(document);
      const { numLines, numCharacters, numUnits, ...counts } = countLines(document.text, rules);
      if (numLines === 0) return drop('fineweb: empty', 0, 1);
      const punctuated = counts.numPunctuated / numLines;
      if (punctuated < rules.minPunctuatedLines) {
        return drop('fineweb: lines without punctuation', punctuated, rules.minPunctuatedLines);
      }
      const short = counts.numShort / numLines;
      if (short > rules.maxShortLines) {
        return drop('fineweb: short lines', short, rules.maxShortLines);
      }
      const duplicate = counts.duplicateCharacters / numCharacters;
      if (duplicate > rules.maxDuplicateCharacters) {
        return drop('fineweb: duplicate lines', duplicate, rules.maxDuplicateCharacters);
      }
      const perWord = (numLines - 1) / numUnits;
      if (perWord <= rules.maxLinesPerWord) return keep(document);
      return drop('fineweb: too many lines', perWord, rules.maxLinesPerWord);
    },
  };
}

function countLines(text: string, { shortLineLength }: FineWebRules) {
  const { lines, numUnits } = statisticsOf(text);
  const seen = new Set<number>();
  let [numCharacters, numPunctuated, numShort, duplicateCharacters] = [0, 0, 0, 0];
  for (const { start, end, hash } of lines) {
    numCharacters += end - start;
    if (terminalPunctuation.has(text.charAt(end - 1))) numPunctuated++;
    if (end - start <= shortLineLength) numShort++;
    if (seen.has(hash)) duplicateCharacters += end - start;
    seen.add(hash);
  }
  const numLines = lines.length;
  return { numLines, numCharacters, numPunctuated, numShort, duplicateCharacters, numUnits };
}
