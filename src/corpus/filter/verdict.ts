import type { Document, Verdict } from '../document.ts';
import { statisticsOf } from '../text/index.ts';

/** The answer of a filter that lets a document through as it is. */
export function keep(document: Document): Verdict {
  return { document };
}

/** The answer of a filter that drops: what was measured and the limit that it passed. */
export function drop(reason: string, value: number | string, limit: number | string): Verdict {
  return { drop: { reason, value, limit } };
}

/** Keeps or drops by a score, which the document, or the reason of its drop, carries on. */
export function judgeScore(
  document: Document,
  name: string,
  score: number,
  passed: { reason: string; limit: number } | undefined,
): Verdict {
  if (passed !== undefined) return { drop: { ...passed, value: score, scores: { [name]: score } } };
  return keep({ ...document, scores: { ...document.scores, [name]: score } });
}

/** Which family of rules may judge a document. */
export type Writing = 'code' | 'chinese' | 'spaced' | 'other';

/**
 * How a document is written: rules for words between spaces must not judge Chinese, nor those for
 * prose a program. By its language where the language filter has set one, else by its characters.
 */
export function writingOf({ kind, language, text }: Document): Writing {
  if (kind === 'code') return 'code';
  if (language?.startsWith('zh')) return 'chinese';
  if (language !== undefined) return unspacedLanguages.has(language) ? 'other' : 'spaced';
  const statistics = statisticsOf(text);
  if (statistics.count('unspaced') > statistics.numUnits / 20) return 'other';
  return statistics.count('han') > statistics.numUnits / 2 ? 'chinese' : 'spaced';
}

const unspacedLanguages: ReadonlySet<string> = new Set(['ja', 'th', 'lo', 'km', 'my']);
