import type { Filter } from '../document.ts';
import { statisticsOf } from '../text/index.ts';
import { chineseScript } from './chinese-script.ts';
import { drop, keep } from './verdict.ts';

export interface LanguageRules {
  /** The languages to keep, ISO 639-1 with `zh-Hans` and `zh-Hant`; `zh` stands for both. */
  readonly languages: readonly string[];
  /** Least share of a text's samples that are in its language, from 0 to 1. */
  readonly minShare: number;
}

export const languageDefaults: LanguageRules = { languages: ['en', 'zh'], minShare: 0.5 };

/** Names the language of a short text as ISO 639-1; '' for one that it does not know. */
export type LanguageDetector = (text: string) => string;

/** The detector of eld (Efficient Language Detector, byte n-grams, 60 languages). */
export async function loadDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/small');
  return (text) => eld.detect(text).language;
}

/**
 * Sets a document's language and drops those in others. Chinese is told by its characters, and its
 * script by characters that only one script has; other languages by samples from several places, as
 * the detector reads some 350 bytes. Code is no language, and passes.
 */
export function languageFilter(rules: LanguageRules, detect: LanguageDetector): Filter {
  const wanted = new Set(rules.languages);
  return {
    name: 'language',
    judge(document) {
      if (document.kind === 'code') return keep(document);
      const { language, share } = languageOf(document.text, detect);
      if (language === '') return drop('language: none recognised', 0, rules.minShare);
      if (!wanted.has(language) && !wanted.has(language.slice(0, 2))) {
        return drop('language: not wanted', language, rules.languages.join(' '));
      }
      if (share < rules.minShare) return drop('language: mixed', share, rules.minShare);
      return keep({ ...document, language });
    },
  };
}

/** The language of a text and the share of its samples that are in it. */
export function languageOf(
  text: string,
  detect: LanguageDetector,
): { readonly language: string; readonly share: number } {
  const statistics = statisticsOf(text);
  const han = statistics.count('han');
  const isSpaced = han < statistics.numUnits / 2;
  if (!isSpaced && statistics.count('unspaced') < han / 20) {
    return { language: `zh-${chineseScript(text)}`, share: 1 };
  }
  const found = samplesOf(text).map(detect);
  const votes = (language: string) => found.filter((one) => one === language).length;
  const language = found.reduce((best, one) => (votes(one) > votes(best) ? one : best), '');
  return { language, share: votes(language) / found.length };
}

/** Up to five stretches of a text, evenly spread; each begins at a word. */
function samplesOf(text: string): string[] {
  const numSamples = Math.min(5, Math.ceil(text.length / sampleLength));
  return Array.from({ length: numSamples }, (_, i) => {
    const start = Math.floor((i * text.length) / numSamples);
    const word = start === 0 ? 0 : text.indexOf(' ', start) + 1;
    return text.slice(Math.max(start, word), Math.max(start, word) + sampleLength);
  });
}

const sampleLength = 400;
