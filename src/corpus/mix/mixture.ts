/** How much of each source a training run reads, as in table 2.2 of GPT-3 (Brown et al. 2020). */
import { ConfigError } from '../../base/index.ts';

/** What a corpus has of a source, and what it is to count. */
export interface SourceWeight {
  readonly name: string;
  /** Tokens that the source has; any other unit will do, if it is the same for all. */
  readonly numTokens: number;
  /** In relation to the other weights, which need not sum to 1: those of GPT-3's table do not. */
  readonly weight: number;
}

/** The part of a source in a run. */
export interface SourceShare extends SourceWeight {
  /** Its share of all tokens that the run reads; the shares sum to 1. */
  readonly share: number;
  /** The tokens of it that the run reads, … */
  readonly numTokensRead: number;
  /** … and how often each is read on average. */
  readonly epochs: number;
}

/**
 * The mixture of a run over `numTokensRead` tokens.
 *
 * @throws ConfigError when a weight or a number of tokens is not valid, or a source with a weight is empty.
 */
export function mixtureOf(sources: readonly SourceWeight[], numTokensRead: number): SourceShare[] {
  checkNumber('numTokensRead', numTokensRead);
  let total = 0;
  for (const { name, numTokens, weight } of sources) {
    checkNumber(`the weight of ${name}`, weight);
    checkNumber(`the number of tokens of ${name}`, numTokens);
    if (weight > 0 && numTokens === 0) {
      const what = `the number of tokens of ${name}`;
      const hint = 'let its weight be 0, or look at what was dropped of it';
      throw new ConfigError({ what, must: 'be above 0', got: '0', hint });
    }
    total += weight;
  }
  if (total === 0) {
    throw new ConfigError({ what: 'the weights', must: 'not all be 0', got: '0' });
  }
  return sources.map((source) => {
    const share = source.weight / total;
    const read = share * numTokensRead;
    return {
      ...source,
      share,
      numTokensRead: read,
      epochs: read === 0 ? 0 : read / source.numTokens,
    };
  });
}

function checkNumber(what: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new ConfigError({ what, must: 'be a number from 0 on', got: String(value) });
}
