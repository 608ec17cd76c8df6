import type { Filter } from '../document.ts';
import { statisticsOf } from '../text/index.ts';
import { PhraseFinder } from './phrases.ts';
import { spamPhrases } from './spam-phrases.data.ts';
import { drop, keep } from './verdict.ts';

export interface WordRules {
  /** Words and phrases of which one is enough to drop a document. */
  readonly blocked: readonly string[];
  /** Words and phrases that anybody may use, but not often. */
  readonly suspicious: readonly string[];
  /** Most suspicious ones for each thousand words or Chinese characters, … */
  readonly maxSuspicious: number;
  /** … when so many different ones occur. */
  readonly minDifferent: number;
}

/** No blocked words, which is for lists of the user's; our own list of what spam says. */
export const wordDefaults: WordRules = {
  blocked: [],
  suspicious: spamPhrases,
  maxSuspicious: 12,
  minDifferent: 2,
};

/**
 * Drops by words: C4's list of bad words (Raffel et al. 2020, 2.2) is of the kind `blocked`; datatrove's
 * `URLFilter` has soft words, of which several must come together, like `suspicious`.
 */
export function wordFilter(rules: WordRules): Filter {
  const blocked = new PhraseFinder(rules.blocked);
  const suspicious = new PhraseFinder(rules.suspicious);
  return {
    name: 'words',
    judge(document) {
      const [word] = blocked.find(document.text).keys();
      if (word !== undefined) return drop('words: blocked', word, 0);
      const found = suspicious.find(document.text);
      if (found.size < rules.minDifferent) return keep(document);
      const total = [...found.values()].reduce((sum, times) => sum + times, 0);
      const rate = (1000 * total) / statisticsOf(document.text).numUnits;
      if (rate <= rules.maxSuspicious) return keep(document);
      return drop('words: too many suspicious', rate, rules.maxSuspicious);
    },
  };
}
