/** The last checks, of documents that repeat no other: evaluation sets, and a language model's score. */
import { contaminationFilter } from '../deduplicate/index.ts';
import type { Document, Filter, Verdict } from '../document.ts';
import { applyFilters, completeRule, perplexityFilter, type RuleSet } from '../filter/index.ts';
import { type EvaluationSets, loadEvaluationGrams } from './evaluation-sets.ts';
import { readScores } from './score-shards.ts';

export interface CheckSettings {
  /** With a hash of their content. */
  evaluation?: { sets: EvaluationSets; key: string };
  /** Rules, and the folder of the scores that they judge. */
  perplexity?: {
    rules: NonNullable<RuleSet['perplexity']>;
    folder: string;
    numDocuments: number;
  };
}

/** @param index the document's place in its shard */
export type Check = (document: Document, index: number) => Verdict;

/** @throws FileError for evaluation sets and scores that cannot be read */
export async function makeChecks({ evaluation, perplexity }: CheckSettings): Promise<Check> {
  const filters: Filter[] = [];
  let current = 0;
  if (evaluation !== undefined) {
    filters.push(contaminationFilter(await loadEvaluationGrams(evaluation.sets, evaluation.key)));
  }
  if (perplexity !== undefined) {
    const scores = readScores(perplexity.folder, perplexity.numDocuments);
    const rules = completeRule({ perplexity: perplexity.rules }, 'perplexity');
    filters.push(perplexityFilter(rules, () => scores[current] as number));
  }
  return (document, index) => {
    current = index;
    return applyFilters(filters, document);
  };
}
