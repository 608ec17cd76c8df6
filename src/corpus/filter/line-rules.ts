import type { Document, Filter } from '../document.ts';
import {
  type Line,
  statisticsOf,
  type TextStatistics,
  terminalPunctuation,
} from '../text/index.ts';
import { drop, keep, type Writing, writingOf } from './verdict.ts';

export interface LineRules {
  /** Whether lines that do not end a sentence are cut out. FineWeb found that it costs more than it gives. */
  readonly needsTerminalPunctuation: boolean;
  /** Least words, or Chinese characters, of a line. */
  readonly minWordsPerLine: number;
  /** Longest stretch without a space, in characters. */
  readonly maxWordLength: number;
  /** Least sentences of what is left. */
  readonly minSentences: number;
  /** Lines with one of these are cut out; in lower case. */
  readonly unwantedInLine: readonly string[];
  /** A page with one of these is dropped; in lower case. */
  readonly unwantedInPage: readonly string[];
}

/** Raffel et al. 2020 (C4), 2.2, and the phrases of its code, without the rule of terminal punctuation. */
export const c4Defaults: LineRules = {
  needsTerminalPunctuation: false,
  minWordsPerLine: 3,
  maxWordLength: 1_000,
  minSentences: 5,
  unwantedInLine: [
    'javascript',
    'terms of use',
    'privacy policy',
    'cookie policy',
    'uses cookies',
    'use of cookies',
    'use cookies',
  ],
  unwantedInPage: ['lorem ipsum', '{'],
};

/** The same intent for Chinese, whose lines have no words to count and pages shorter texts. */
export const chineseLineDefaults: LineRules = {
  ...c4Defaults,
  minWordsPerLine: 5,
  maxWordLength: 2_000,
  unwantedInLine: [
    'javascript',
    'cookie',
    '隐私政策',
    '隱私政策',
    '使用条款',
    '使用條款',
    '版权所有',
    '版權所有',
    '备案号',
    'icp备',
  ],
};

/** C4's rules: cuts lines out of a document, and drops it if too little is left. */
export function lineFilter(name: string, writing: Writing, rules: LineRules): Filter {
  return {
    name,
    judge(document) {
      if (writingOf(document) !== writing) return keep(document);
      const statistics = statisticsOf(document.text);
      const lowered = document.text.toLowerCase();
      const unwanted = rules.unwantedInPage.find((phrase) => lowered.includes(phrase));
      if (unwanted !== undefined) return drop('c4: unwanted in page', unwanted, 0);
      const cutOut = linesWith(rules.unwantedInLine, lowered, statistics.lines);
      const lines = statistics.lines.filter(
        (line, i) => !cutOut.has(i) && isWanted(line, statistics, rules),
      );
      const numSentences = countSentences(document.text, lines);
      if (numSentences < rules.minSentences) {
        return drop('c4: too few sentences', numSentences, rules.minSentences);
      }
      return keep(withLines(document, statistics, lines));
    },
  };
}

/** The places of the lines that hold one of the phrases. */
function linesWith(phrases: readonly string[], text: string, lines: readonly Line[]): Set<number> {
  const found = new Set<number>();
  for (const phrase of phrases) {
    let line = 0;
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      while (line < lines.length && (lines[line] as Line).end <= at) line++;
      found.add(line);
    }
  }
  return found;
}

function isWanted(line: Line, statistics: TextStatistics, rules: LineRules): boolean {
  const { text } = statistics;
  if (line.numUnits < rules.minWordsPerLine) return false;
  if (rules.needsTerminalPunctuation) {
    if (!terminalPunctuation.has(text.charAt(line.end - 1))) return false;
    if (text.startsWith('...', line.end - 3)) return false;
  }
  if (line.end - line.start <= rules.maxWordLength) return true;
  const words = text.slice(line.start, line.end).split(/\s+/);
  return words.every((word) => word.length <= rules.maxWordLength);
}

/** Ends of sentences; a line ends at least one. */
function countSentences(text: string, lines: readonly Line[]): number {
  let count = 0;
  for (const { start, end } of lines) {
    let inLine = 0;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x3002 || code === 0xff01 || code === 0xff1f) inLine++;
      else if (code === 0x2e || code === 0x21 || code === 0x3f) {
        // One mark of several, and none inside of a number or an address.
        if (at + 1 === end || /[\s"'”’)]/.test(text.charAt(at + 1))) inLine++;
      }
    }
    count += Math.max(1, inLine);
  }
  return count;
}

function withLines(
  document: Document,
  { text, lines: all }: TextStatistics,
  lines: readonly Line[],
): Document {
  if (lines.length === all.length) return document;
  const parts = lines.map(({ start, end, opensParagraph }, i) => {
    const separator = i === 0 ? '' : opensParagraph ? '\n\n' : '\n';
    return separator + text.slice(start, end);
  });
  return { ...document, text: parts.join('') };
}
