import type { Document, Filter, Verdict } from '../document.ts';
import { gopherQualityFilter } from './gopher-quality.ts';
import { languageFilter, loadDetector } from './language.ts';
import { completeRule, type FilterRules, type RuleSet, ruleDefaults } from './rules.ts';

/** What filters need that is no number: given by the stage. */
export interface FilterHelp {
  /** Perplexity of a text under a model, for the filter `perplexity`. */
  readonly perplexityOf?: (text: string) => number;
}

type Maker<Name extends keyof FilterRules> = (
  rules: FilterRules[Name],
  help: FilterHelp,
) => Filter | Promise<Filter>;

const makers: { readonly [Name in keyof FilterRules]: Maker<Name> } = {
  language: async (rules) => languageFilter(rules, await loadDetector()),
  gopherQuality: gopherQualityFilter,
};

/**
 * The filters of a rule set, in their order.
 *
 * @throws ConfigError when a rule lacks what it needs.
 */
export async function makeFilters(rules: RuleSet, help: FilterHelp = {}): Promise<Filter[]> {
  const make = <Name extends keyof FilterRules>(name: Name) =>
    makers[name](completeRule(rules, name), help);
  const names = (Object.keys(ruleDefaults) as (keyof FilterRules)[]).filter(
    (name) => rules[name] !== undefined,
  );
  return Promise.all(names.map((name) => make(name)));
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
