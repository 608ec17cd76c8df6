/** Which filters judge a document, in which order, and by which numbers: plain data. */
import { type GopherQualityRules, gopherQualityDefaults } from './gopher-quality.ts';
import { type LanguageRules, languageDefaults } from './language.ts';

/** The parameters of each filter, by its name in a recipe. */
export interface FilterRules {
  readonly language: LanguageRules;
  readonly gopherQuality: GopherQualityRules;
}

/**
 * The filters of a recipe: each that is named is applied, with defaults for what is not given. They
 * run in one order whatever the order of the names.
 */
export type RuleSet = { readonly [Name in keyof FilterRules]?: Partial<FilterRules[Name]> };

/** The defaults of all filters, in the order in which they run: from cheap to costly. */
export const ruleDefaults: FilterRules = {
  language: languageDefaults,
  gopherQuality: gopherQualityDefaults,
};

/** The number of a filter's code: it grows when the same rules begin to decide otherwise. */
const revisions: Readonly<Record<keyof FilterRules, number>> = { language: 1, gopherQuality: 1 };

/**
 * A rule set with every number written out, and with the revisions of the code that applies it: two
 * rule sets decide alike if the JSON of their plain forms is equal, so that is what to hash.
 */
export function plainRules(rules: RuleSet): Readonly<Record<string, unknown>> {
  const names = (Object.keys(ruleDefaults) as (keyof FilterRules)[]).filter(
    (name) => rules[name] !== undefined,
  );
  return Object.fromEntries(
    names.map((name) => [name, { revision: revisions[name], ...completeRule(rules, name) }]),
  );
}

/** The parameters of one filter, with its defaults. */
export function completeRule<Name extends keyof FilterRules>(
  rules: RuleSet,
  name: Name,
): FilterRules[Name] {
  return { ...ruleDefaults[name], ...rules[name] };
}
