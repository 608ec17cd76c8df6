/** Filters: each judges one document and says why it drops it. */
export { applyFilters, type FilterHelp, makeFilters } from './make-filters.ts';
export { perplexityFilter } from './perplexity.ts';
export {
  completeRule,
  type FilterRules,
  plainRules,
  type RuleSet,
  ruleDefaults,
  webRules,
} from './rules.ts';
