import { ConfigError, deriveSeed } from '../../base/index.ts';
import type { Filter } from '../document.ts';
import { type QualityModel, qualityOf } from '../quality/index.ts';
import { judgeScore, keep } from './verdict.ts';

export interface QualityRules {
  /** The file of the model. */
  readonly model: string;
  /** Shape of the Pareto distribution: the larger, the fewer texts of low score stay. */
  readonly alpha: number;
  readonly seed: number;
}

export const qualityDefaults: QualityRules = { model: '', alpha: 9, seed: 0 };

/**
 * Keeps by score as GPT-3 did (Brown et al. 2020, appendix A): if a draw from the Pareto distribution
 * exceeds 1 − score, so with the probability (2 − score)^−α. Texts that people would not have chosen are
 * rare then, but not gone. The draw belongs to the seed and the document's id, so it is the same in every
 * run and worker. Code passes.
 *
 * @throws ConfigError without a model.
 */
export function qualityFilter(rules: QualityRules, model: QualityModel | undefined): Filter {
  if (model === undefined) {
    throw new ConfigError({ what: 'quality.model', must: 'name a quality model', got: 'nothing' });
  }
  return {
    name: 'quality',
    judge(document) {
      if (document.kind === 'code') return keep(document);
      const score = qualityOf(model, document.text);
      const limit = 1 - pareto(rules, document.id);
      const passed = score > limit ? undefined : { reason: 'quality: score too low', limit };
      return judgeScore(document, 'quality', score, passed);
    },
  };
}

/** A draw from Lomax's form of the distribution, which begins at 0, as NumPy's `pareto`. */
function pareto({ alpha, seed }: QualityRules, id: string): number {
  const uniform = Number(deriveSeed(seed, 'quality', id) >> 11n) / 2 ** 53;
  return (1 - uniform) ** (-1 / alpha) - 1;
}
