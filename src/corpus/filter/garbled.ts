import type { Filter, Verdict } from '../document.ts';
import { statisticsOf, type TextStatistics } from '../text/index.ts';
import { drop, keep, writingOf } from './verdict.ts';

/** Shares of a text's characters that are not spaces, unless said otherwise. */
export interface GarbledRules {
  /** Replacement characters, control characters, code points that are nothing. */
  readonly maxBroken: number;
  /** Pairs that UTF-8 becomes when it is read as Latin-1, such as `Ã©`. */
  readonly maxMisread: number;
  /** Characters of what replacement characters become when they are read as GBK: 锟斤拷. */
  readonly maxKunJinKao: number;
  /** Signs that are no letter, digit or punctuation. */
  readonly maxSymbols: number;
  /** Share of the words of an English text that have no vowel; counted from 20 words on. */
  readonly maxWordsWithoutVowel: number;
}

/** Numbers of our own: what they drop and keep of a crawl whose truth is known stands in the tests. */
export const garbledDefaults: GarbledRules = {
  maxBroken: 0.01,
  maxMisread: 0.02,
  maxKunJinKao: 0.01,
  maxSymbols: 0.06,
  maxWordsWithoutVowel: 0.15,
};

/** Drops what is no longer the text that somebody wrote: wrong encodings and bad scans. */
export function garbledFilter(rules: GarbledRules): Filter {
  return {
    name: 'garbled',
    judge(document) {
      const statistics = statisticsOf(document.text);
      const encoding = judgeEncoding(statistics, rules);
      if (encoding !== undefined) return encoding;
      const writing = writingOf(document);
      if (writing === 'code') return keep(document);
      const symbols = statistics.count('symbol') / numVisible(statistics);
      if (symbols > rules.maxSymbols) {
        return drop('garbled: too many symbols', symbols, rules.maxSymbols);
      }
      const isEnglish = writing === 'spaced' && (document.language ?? 'en') === 'en';
      return (isEnglish ? judgeVowels(statistics, rules) : undefined) ?? keep(document);
    },
  };
}

function judgeEncoding(statistics: TextStatistics, rules: GarbledRules): Verdict | undefined {
  const total = numVisible(statistics);
  const misread = (2 * countMisread(statistics.text)) / total;
  if (misread > rules.maxMisread) {
    return drop('garbled: read in the wrong encoding', misread, rules.maxMisread);
  }
  const broken = statistics.count('broken') / total;
  if (broken > rules.maxBroken) {
    return drop('garbled: broken characters', broken, rules.maxBroken);
  }
  const kunJinKao = statistics.count('han') === 0 ? 0 : countKunJinKao(statistics.text) / total;
  if (kunJinKao <= rules.maxKunJinKao) return undefined;
  return drop('garbled: read as GBK', kunJinKao, rules.maxKunJinKao);
}

function numVisible(statistics: TextStatistics): number {
  const spaces = statistics.count('space') + statistics.count('newline');
  return Math.max(1, statistics.text.length - spaces);
}

/** First and second bytes of UTF-8 that stand next to each other as characters of Latin-1. */
function countMisread(text: string): number {
  let count = 0;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80 || code > 0xbf) continue;
    const before = text.charCodeAt(at - 1);
    if (before >= 0xc2 && before <= 0xf4) count++;
  }
  return count;
}

function countKunJinKao(text: string): number {
  let count = 0;
  for (let at = text.indexOf('锟斤拷'); at >= 0; at = text.indexOf('锟斤拷', at + 3)) count += 3;
  return count;
}

/** Letters in a wrong order make words without vowels; so few have none in English. */
function judgeVowels(statistics: TextStatistics, rules: GarbledRules): Verdict | undefined {
  const { text, scan } = statistics;
  let [without, total] = [0, 0];
  for (let unit = 0; unit < scan.starts.length; unit++) {
    const start = scan.starts[unit] as number;
    const end = scan.ends[unit] as number;
    if (end - start < 2 || isDigit(text.charCodeAt(start))) continue;
    total++;
    if (!hasVowel(text, start, end)) without++;
  }
  const share = without / total;
  if (total < 20 || share <= rules.maxWordsWithoutVowel) return undefined;
  return drop('garbled: words without vowels', share, rules.maxWordsWithoutVowel);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** a, e, i, o, u or y; any letter that is not ASCII counts as one. */
function hasVowel(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at) | 0x20;
    if (code >= 0x80 || (code >= 0x61 && (vowels >> (code - 0x61)) & 1)) return true;
  }
  return false;
}

/** One bit for each of a, e, i, o, u and y. */
const vowels = 0b1000100000100000100010001;
