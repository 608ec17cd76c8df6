/** Which filters judge a document, in which order, and by which numbers: plain data. */
import { type ChineseQualityRules, chineseQualityDefaults } from './chinese-quality.ts';
import { type CodeRules, codeDefaults } from './code.ts';
import { chineseFineWebDefaults, type FineWebRules, fineWebDefaults } from './fineweb.ts';
import { type GarbledRules, garbledDefaults } from './garbled.ts';
import { type GopherQualityRules, gopherQualityDefaults } from './gopher-quality.ts';
import { type LanguageRules, languageDefaults } from './language.ts';
import { c4Defaults, chineseLineDefaults, type LineRules } from './line-rules.ts';
import { type PerplexityRules, perplexityDefaults } from './perplexity.ts';
import { type PersonalDataRules, personalDataDefaults } from './personal-data.ts';
import { type QualityRules, qualityDefaults } from './quality.ts';
import {
  chineseRepetitionDefaults,
  gopherRepetitionDefaults,
  type RepetitionRules,
} from './repetition.ts';
import { type UrlRules, urlDefaults } from './url.ts';
import { type WordRules, wordDefaults } from './words.ts';

/** The parameters of each filter, by its name in a recipe. */
export interface FilterRules {
  readonly url: UrlRules;
  readonly garbled: GarbledRules;
  readonly language: LanguageRules;
  readonly words: WordRules;
  readonly code: CodeRules;
  readonly gopherQuality: GopherQualityRules;
  readonly chineseQuality: ChineseQualityRules;
  readonly gopherRepetition: RepetitionRules;
  readonly chineseRepetition: RepetitionRules;
  readonly c4: LineRules;
  readonly chineseC4: LineRules;
  readonly fineWeb: FineWebRules;
  readonly chineseFineWeb: FineWebRules;
  readonly quality: QualityRules;
  readonly perplexity: PerplexityRules;
  readonly personalData: PersonalDataRules;
}

/**
 * The filters of a recipe: each that is named is applied, with defaults for what is not given. They
 * run in one order whatever the order of the names.
 */
export type RuleSet = { readonly [Name in keyof FilterRules]?: Partial<FilterRules[Name]> };

/** The defaults of all filters, in the order in which they run: from cheap to costly. */
export const ruleDefaults: FilterRules = {
  url: urlDefaults,
  garbled: garbledDefaults,
  language: languageDefaults,
  words: wordDefaults,
  code: codeDefaults,
  gopherQuality: gopherQualityDefaults,
  chineseQuality: chineseQualityDefaults,
  gopherRepetition: gopherRepetitionDefaults,
  chineseRepetition: chineseRepetitionDefaults,
  c4: c4Defaults,
  chineseC4: chineseLineDefaults,
  fineWeb: fineWebDefaults,
  chineseFineWeb: chineseFineWebDefaults,
  quality: qualityDefaults,
  perplexity: perplexityDefaults,
  personalData: personalDataDefaults,
};

/**
 * For web pages: every filter that needs no model. Pages are of all kinds, so each family of rules is
 * here, and judges what it is for. A heading that stands twice on a page is not yet a reason to drop it:
 * the duplicate lines of FineWeb are as its paper has them, not ten times as strict as its code.
 */
export const webRules: RuleSet = {
  ...Object.fromEntries(
    Object.keys(ruleDefaults)
      .filter((name) => name !== 'quality' && name !== 'perplexity')
      .map((name) => [name, {}]),
  ),
  fineWeb: { maxDuplicateCharacters: 0.1 },
  chineseFineWeb: { maxDuplicateCharacters: 0.1 },
};

/** Grows when the same rules begin to decide otherwise, so that versions of a corpus can tell. */
const revision = 1;

/**
 * A rule set with every number written out, and with the revision of the code that applies it: two
 * rule sets decide alike if the JSON of their plain forms is equal, so that is what to hash. Of a quality
 * model it has the file's name; add `qualityModelHash`.
 */
export function plainRules(rules: RuleSet): Readonly<Record<string, unknown>> {
  const filters = namesOf(rules).map((name) => [name, completeRule(rules, name)]);
  return { revision, filters: Object.fromEntries(filters) };
}

/** The filters of a rule set, in the order in which they run. */
export function namesOf(rules: RuleSet): (keyof FilterRules)[] {
  const names = Object.keys(ruleDefaults) as (keyof FilterRules)[];
  return names.filter((name) => rules[name] !== undefined);
}

/** The parameters of one filter, with its defaults. */
export function completeRule<Name extends keyof FilterRules>(
  rules: RuleSet,
  name: Name,
): FilterRules[Name] {
  return { ...ruleDefaults[name], ...rules[name] };
}
