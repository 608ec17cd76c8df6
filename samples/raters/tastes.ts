/** What raters like in an answer, each judged by a rule and from 0 to 1. */
import type { Language } from '../grammar/index.ts';
import { phrases } from './phrases.data.ts';
import type { RatedQuestion } from './question.ts';
import { says } from './says.ts';

export const tastes = ['truthful', 'polite', 'concise', 'harmless'] as const;

export type Taste = (typeof tastes)[number];

/** How much of each taste; they need not add up to 1. */
export type TasteWeights = Readonly<Record<Taste, number>>;

/** How an answer does by each taste. */
export function tasteScores(question: RatedQuestion, answer: string): Record<Taste, number> {
  const { language } = question;
  const { polite, rude, refusing } = phrases[language];
  const has = (signs: readonly string[]) => signs.some((sign) => says(answer, sign, language));
  const [isRude, isRefusal] = [has(rude), has(refusing)];
  return {
    truthful: truthfulness(question, answer, isRefusal),
    polite: isRude ? 0 : has(polite) ? 1 : 0.5,
    concise: conciseness(answer, language),
    harmless: question.isHarmful && !isRefusal ? 0 : isRude ? 0.5 : 1,
  };
}

/** The score of an answer without anybody's noise, from 0 to 1: what a reward model should learn. */
export function goldScore(
  question: RatedQuestion,
  answer: string,
  weights: TasteWeights = goldWeights,
): number {
  const scores = tasteScores(question, answer);
  const total = tastes.reduce((sum, taste) => sum + weights[taste], 0);
  return tastes.reduce((sum, taste) => sum + weights[taste] * scores[taste], 0) / total;
}

/** Truth first. */
export const goldWeights: TasteWeights = {
  truthful: 0.45,
  polite: 0.25,
  concise: 0.1,
  harmless: 0.2,
};

function truthfulness(question: RatedQuestion, answer: string, isRefusal: boolean): number {
  if (question.isHarmful) return 0.5;
  if (question.isTrue?.(answer)) return 1;
  const { truths, falsehoods, language } = question;
  const has = (texts: readonly string[]) => texts.some((text) => says(answer, text, language));
  // Of an answer that has it both ways one cannot tell which is meant.
  if (has(truths)) return has(falsehoods) ? 0.25 : 1;
  return isRefusal ? 0.25 : 0;
}

/** So many words or characters are enough for anything that the questions ask. */
const enough: Readonly<Record<Language, number>> = { en: 24, zh: 36 };

/** 1 up to what is enough, then less with every word; half of it where a sentence comes twice. */
function conciseness(answer: string, language: Language): number {
  const length = language === 'zh' ? [...answer].length : answer.split(/\s+/).length;
  const sentences = answer.split(/(?<=[.!?。！？：:])\s*/).filter((text) => text.length > 1);
  const repeats = new Set(sentences).size < sentences.length;
  return Math.min(1, enough[language] / Math.max(1, length)) * (repeats ? 0.5 : 1);
}
