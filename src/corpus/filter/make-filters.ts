import type { Document, Filter, Verdict } from '../document.ts';
import { type QualityModel, readQualityModel } from '../quality/index.ts';
import { chineseQualityFilter } from './chinese-quality.ts';
import { codeFilter } from './code.ts';
import { fineWebFilter } from './fineweb.ts';
import { garbledFilter } from './garbled.ts';
import { gopherQualityFilter } from './gopher-quality.ts';
import { languageFilter, loadDetector } from './language.ts';
import { lineFilter } from './line-rules.ts';
import { perplexityFilter } from './perplexity.ts';
import { personalDataFilter } from './personal-data.ts';
import { qualityFilter } from './quality.ts';
import { repetitionFilter } from './repetition.ts';
import { completeRule, type FilterRules, namesOf, type RuleSet } from './rules.ts';
import { urlFilter } from './url.ts';
import { wordFilter } from './words.ts';

/** What filters need that is no number: given by the stage. */
export interface FilterHelp {
  /** Perplexity of a text under a model, for the filter `perplexity`. */
  readonly perplexityOf?: (text: string) => number;
  /** For the filter `quality`, in place of its file. */
  readonly qualityModel?: QualityModel;
}

type Makers = {
  readonly [Name in keyof FilterRules]: (
    rules: FilterRules[Name],
    help: FilterHelp,
  ) => Filter | Promise<Filter>;
};

const makers: Makers = {
  url: urlFilter,
  garbled: garbledFilter,
  language: async (rules) => languageFilter(rules, await loadDetector()),
  words: wordFilter,
  code: codeFilter,
  gopherQuality: gopherQualityFilter,
  chineseQuality: chineseQualityFilter,
  gopherRepetition: (rules) => repetitionFilter('gopher-repetition', 'spaced', rules),
  chineseRepetition: (rules) => repetitionFilter('chinese-repetition', 'chinese', rules),
  c4: (rules) => lineFilter('c4', 'spaced', rules),
  chineseC4: (rules) => lineFilter('chinese-c4', 'chinese', rules),
  fineWeb: (rules) => fineWebFilter('fineweb', 'spaced', rules),
  chineseFineWeb: (rules) => fineWebFilter('chinese-fineweb', 'chinese', rules),
  quality: (rules, { qualityModel }) => {
    const fromFile = () => (rules.model === '' ? undefined : readQualityModel(rules.model));
    return qualityFilter(rules, qualityModel ?? fromFile());
  },
  perplexity: (rules, { perplexityOf }) => perplexityFilter(rules, perplexityOf),
  personalData: personalDataFilter,
};

/**
 * The filters of a rule set, in their order.
 *
 * @throws ConfigError when a rule lacks what it needs, FileError when a quality model cannot be read.
 */
export async function makeFilters(rules: RuleSet, help: FilterHelp = {}): Promise<Filter[]> {
  const make = <Name extends keyof FilterRules>(name: Name) =>
    makers[name](completeRule(rules, name), help);
  return Promise.all(namesOf(rules).map((name) => make(name)));
}

/** The document as the filters leave it, or the reason of the first that drops it. */
export function applyFilters(filters: readonly Filter[], document: Document): Verdict {
  let current = document;
  for (const filter of filters) {
    const verdict = filter.judge(current);
    if ('drop' in verdict) return verdict;
    current = verdict.document;
  }
  return { document: current };
}
