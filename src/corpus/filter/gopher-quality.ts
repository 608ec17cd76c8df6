import type { Document, Filter, Verdict } from '../document.ts';
import { hashWord, statisticsOf, type TextStatistics } from '../text/index.ts';
import { drop, keep, writingOf } from './verdict.ts';

/** Limits of a document that is written in words between spaces. */
export interface GopherQualityRules {
  readonly minWords: number;
  readonly maxWords: number;
  /** Mean length of a word, in characters. */
  readonly minMeanWordLength: number;
  readonly maxMeanWordLength: number;
  /** Most `#` for each word, and most ellipses for each word. */
  readonly maxSymbolsPerWord: number;
  /** Share of the lines that begin with a bullet, and of those that end in an ellipsis. */
  readonly maxBulletLines: number;
  readonly maxEllipsisLines: number;
  /** Share of the words, counted between spaces, that have a letter. */
  readonly minAlphabeticWords: number;
  /** How many different ones of `stopWords` an English text must have. */
  readonly minStopWords: number;
  readonly stopWords: readonly string[];
}

/** The numbers of Rae et al. 2021, "Scaling Language Models" (Gopher), appendix A.1.1. */
export const gopherQualityDefaults: GopherQualityRules = {
  minWords: 50,
  maxWords: 100_000,
  minMeanWordLength: 3,
  maxMeanWordLength: 10,
  maxSymbolsPerWord: 0.1,
  maxBulletLines: 0.9,
  maxEllipsisLines: 0.3,
  minAlphabeticWords: 0.8,
  minStopWords: 2,
  stopWords: ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with'],
};

/**
 * The quality rules of Gopher as datatrove's `GopherQualityFilter` applies them, for all but Chinese
 * and code. Words are runs of letters and digits; where the rule is a share of words that may have no
 * letter, they are what stands between spaces, as in the paper.
 */
export function gopherQualityFilter(rules: GopherQualityRules): Filter {
  const stopWords = new Set(rules.stopWords.map((word) => hashWord(word)));
  return {
    name: 'gopher-quality',
    judge(document) {
      if (writingOf(document) !== 'spaced') return keep(document);
      const statistics = statisticsOf(document.text);
      return (
        judgeWords(statistics, rules) ??
        judgeSymbols(statistics, rules) ??
        judgeLines(statistics, rules) ??
        judgeStopWords(document, statistics, rules, stopWords) ??
        keep(document)
      );
    },
  };
}

function judgeWords(statistics: TextStatistics, rules: GopherQualityRules): Verdict | undefined {
  const { numUnits } = statistics;
  if (numUnits < rules.minWords) return drop('gopher: too few words', numUnits, rules.minWords);
  if (numUnits > rules.maxWords) return drop('gopher: too many words', numUnits, rules.maxWords);
  const length = statistics.unitCharacters / numUnits;
  if (length < rules.minMeanWordLength) {
    return drop('gopher: words too short', length, rules.minMeanWordLength);
  }
  if (length > rules.maxMeanWordLength) {
    return drop('gopher: words too long', length, rules.maxMeanWordLength);
  }
  const alphabetic = statistics.scan.numAlphabeticChunks / statistics.scan.numChunks;
  if (alphabetic >= rules.minAlphabeticWords) return undefined;
  return drop('gopher: too few words with letters', alphabetic, rules.minAlphabeticWords);
}

function judgeSymbols(statistics: TextStatistics, rules: GopherQualityRules): Verdict | undefined {
  const { text, numUnits } = statistics;
  const limit = rules.maxSymbolsPerWord;
  const hashes = occurrences(text, '#') / numUnits;
  if (hashes > limit) return drop('gopher: too many hash signs', hashes, limit);
  const ellipses = (occurrences(text, '...') + occurrences(text, '…')) / numUnits;
  return ellipses > limit ? drop('gopher: too many ellipses', ellipses, limit) : undefined;
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

function judgeLines(statistics: TextStatistics, rules: GopherQualityRules): Verdict | undefined {
  const { text, lines } = statistics;
  let [bullets, ellipses] = [0, 0];
  for (const { start, end } of lines) {
    if (bulletMarks.has(text.charAt(start))) bullets++;
    if (text.charAt(end - 1) === '…' || text.startsWith('...', end - 3)) ellipses++;
  }
  bullets /= lines.length;
  ellipses /= lines.length;
  if (bullets > rules.maxBulletLines) {
    return drop('gopher: too many bullets', bullets, rules.maxBulletLines);
  }
  if (ellipses <= rules.maxEllipsisLines) return undefined;
  return drop('gopher: too many lines end in ellipses', ellipses, rules.maxEllipsisLines);
}

const bulletMarks: ReadonlySet<string> = new Set(['•', '-', '*', '‣', '●']);

function judgeStopWords(
  { language = 'en' }: Document,
  statistics: TextStatistics,
  { minStopWords }: GopherQualityRules,
  stopWords: ReadonlySet<number>,
): Verdict | undefined {
  if (language !== 'en') return undefined;
  const found = new Set<number>();
  for (const hash of statistics.scan.hashes) {
    if (stopWords.has(hash)) found.add(hash);
    if (found.size >= minStopWords) return undefined;
  }
  return drop('gopher: too few stop words', found.size, minStopWords);
}
