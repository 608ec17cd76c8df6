import type { Filter, Verdict } from '../document.ts';
import { statisticsOf, type TextStatistics } from '../text/index.ts';
import { GramSums, GramTable } from './gram-table.ts';
import { repeatedCharacters, topGramCharacters } from './repeated-grams.ts';
import { drop, keep, type Writing, writingOf } from './verdict.ts';

/** How long grams are, in words or Chinese characters, and the most that they may make of a text. */
export interface GramLimit {
  readonly length: number;
  /** Share of the characters. */
  readonly max: number;
}

/** Most that may be repetition: shares of the lines and paragraphs, and of their characters. */
export interface RepetitionRules {
  readonly maxDuplicateLines: number;
  readonly maxDuplicateLineCharacters: number;
  readonly maxDuplicateParagraphs: number;
  readonly maxDuplicateParagraphCharacters: number;
  /** Of the most frequent gram, all occurrences. */
  readonly topGrams: readonly GramLimit[];
  /** Of all grams that stood before, each character once. */
  readonly duplicateGrams: readonly GramLimit[];
}

/** Table A1 of Rae et al. 2021 (Gopher). */
export const gopherRepetitionDefaults: RepetitionRules = {
  maxDuplicateLines: 0.3,
  maxDuplicateLineCharacters: 0.2,
  maxDuplicateParagraphs: 0.3,
  maxDuplicateParagraphCharacters: 0.2,
  topGrams: [0.2, 0.18, 0.16].map((max, i) => ({ length: 2 + i, max })),
  duplicateGrams: [0.15, 0.14, 0.13, 0.12, 0.11, 0.1].map((max, i) => ({ length: 5 + i, max })),
};

/** The same for Chinese, whose words have one to two characters: grams of twice the length. */
export const chineseRepetitionDefaults: RepetitionRules = {
  ...gopherRepetitionDefaults,
  topGrams: [0.2, 0.18, 0.16].map((max, i) => ({ length: 4 + 2 * i, max })),
  duplicateGrams: [0.15, 0.14, 0.13, 0.12, 0.11, 0.1].map((max, i) => ({
    length: 10 + 2 * i,
    max,
  })),
};

/** The repetition rules of Gopher, as datatrove's `GopherRepetitionFilter` counts them. */
export function repetitionFilter(name: string, writing: Writing, rules: RepetitionRules): Filter {
  const table = new GramTable();
  return {
    name,
    judge(document) {
      if (writingOf(document) !== writing) return keep(document);
      const statistics = statisticsOf(document.text);
      return (
        judgeLines(statistics, table, rules) ??
        judgeParagraphs(statistics, table, rules) ??
        judgeGrams(statistics, table, rules) ??
        keep(document)
      );
    },
  };
}

function judgeLines(
  { text, lines }: TextStatistics,
  table: GramTable,
  rules: RepetitionRules,
): Verdict | undefined {
  const blocks = lines.map(({ start, end, hash }) => ({ length: end - start, hash }));
  const { share, characters } = duplicates(blocks, table);
  if (share > rules.maxDuplicateLines) {
    return drop('repetition: duplicate lines', share, rules.maxDuplicateLines);
  }
  const limit = rules.maxDuplicateLineCharacters;
  if (characters <= limit * text.length) return undefined;
  return drop('repetition: characters of duplicate lines', characters / text.length, limit);
}

function judgeParagraphs(
  { text, paragraphs }: TextStatistics,
  table: GramTable,
  rules: RepetitionRules,
): Verdict | undefined {
  const { share, characters } = duplicates(paragraphs, table);
  if (share > rules.maxDuplicateParagraphs) {
    return drop('repetition: duplicate paragraphs', share, rules.maxDuplicateParagraphs);
  }
  const limit = rules.maxDuplicateParagraphCharacters;
  if (characters <= limit * text.length) return undefined;
  return drop('repetition: characters of duplicate paragraphs', characters / text.length, limit);
}

function duplicates(
  blocks: readonly { readonly length: number; readonly hash: number }[],
  table: GramTable,
): { readonly share: number; readonly characters: number } {
  table.reset(blocks.length);
  let [count, characters] = [0, 0];
  for (const { length, hash } of blocks) {
    if (table.add(hash) === 1) continue;
    count++;
    characters += length;
  }
  return { share: blocks.length === 0 ? 0 : count / blocks.length, characters };
}

function judgeGrams(
  { scan }: TextStatistics,
  table: GramTable,
  rules: RepetitionRules,
): Verdict | undefined {
  const sums = new GramSums(scan.starts, scan.ends, scan.hashes);
  const total = sums.characters(0, sums.numUnits);
  for (const { length, max } of rules.topGrams) {
    const share = topGramCharacters(sums, length, table) / total;
    if (share > max) return drop(`repetition: most frequent ${length}-gram`, share, max);
  }
  const [shortest] = rules.duplicateGrams;
  const least = Math.min(...rules.duplicateGrams.map(({ max }) => max));
  if (shortest === undefined) return undefined;
  // Every longer gram that is repeated consists of shorter ones that are: mostly too few for any limit.
  const covered = repeatedCharacters(sums, shortest.length, table, 'overlapping');
  if (covered <= least * total) return undefined;
  for (const { length, max } of rules.duplicateGrams) {
    const share = repeatedCharacters(sums, length, table, 'apart') / total;
    if (share > max) return drop(`repetition: duplicate ${length}-grams`, share, max);
  }
  return undefined;
}
