import { ConfigError } from '../../base/index.ts';
import type { Filter } from '../document.ts';
import { judgeScore } from './verdict.ts';

export interface PerplexityRules {
  /** Above it a text is unlike what the model has read, below it too like: repetition. */
  readonly max: number;
  readonly min: number;
}

/** The head and the middle of CCNet's three parts are below some such number; see to your own model. */
export const perplexityDefaults: PerplexityRules = { max: 1_000, min: 2 };

/**
 * Keeps what a language model finds neither too odd nor too easy (CCNet, Wenzek et al. 2020, 3.3).
 *
 * @throws ConfigError without a scorer: the stage passes one in, so that a corpus needs no tensors.
 */
export function perplexityFilter(
  rules: PerplexityRules,
  perplexityOf: ((text: string) => number) | undefined,
): Filter {
  if (perplexityOf === undefined) {
    throw new ConfigError({
      what: 'the filter perplexity',
      must: 'be given a model that scores texts',
      got: 'none',
    });
  }
  return {
    name: 'perplexity',
    judge(document) {
      const perplexity = perplexityOf(document.text);
      return judgeScore(document, 'perplexity', perplexity, limitPassed(perplexity, rules));
    },
  };
}

function limitPassed(
  perplexity: number,
  { min, max }: PerplexityRules,
): { reason: string; limit: number } | undefined {
  if (perplexity < min) return { reason: 'perplexity: too low', limit: min };
  // Not a number is no reason to keep.
  return perplexity <= max ? undefined : { reason: 'perplexity: too high', limit: max };
}
