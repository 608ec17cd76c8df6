import { capitalise, fill, fillSentence, type Language, languages } from '../grammar/index.ts';
import { classOf } from './split.ts';
import type { Fact } from './subject.ts';
import { factSlots, tell } from './telling.ts';
import type { World } from './world.ts';

/** How a question is kept from the texts: as this way to ask this fact, or as a way to ask at all. */
export type QuestionSplit = 'train' | 'held-out pairing' | 'held-out phrasing';

/** A question about a fact, with its answer in a word and in a sentence. */
export interface Question {
  /** Fact, language and phrasing: `animal/cat/eats/zh/2`. */
  readonly id: string;
  readonly fact: Fact;
  readonly language: Language;
  /** 0–3 are the phrasings that texts use, 4 is the one they never use. */
  readonly phrasing: number;
  readonly split: QuestionSplit;
  readonly text: string;
  readonly shortAnswer: string;
  readonly fullAnswer: string;
}

/** The phrasings of every relation: four that texts use and one that they never use. */
export const numPhrasings = 5;

/** All questions of a world, ten for each fact. */
export function* worldQuestions(world: World): Generator<Question> {
  for (const fact of world.facts) {
    for (const language of languages) {
      for (let phrasing = 0; phrasing < numPhrasings; phrasing++) {
        yield question(fact, language, phrasing);
      }
    }
  }
}

/** The question that asks a fact in one of the phrasings 0–4. */
export function question(fact: Fact, language: Language, phrasing: number): Question {
  const { questions, heldOutQuestion } = fact.relation[language];
  const template = questions[phrasing] ?? heldOutQuestion;
  return {
    id: `${fact.id}/${language}/${phrasing}`,
    fact,
    language,
    phrasing,
    split: questionSplit(fact, language, phrasing),
    text: fillSentence(language, template, factSlots(fact, language)),
    shortAnswer: shortAnswer(fact, language),
    fullAnswer: tell(fact, language, 0),
  };
}

/** Of the four phrasings of a fact, one is held out; the fifth always is. */
export function questionSplit(fact: Fact, language: Language, phrasing: number): QuestionSplit {
  if (phrasing >= 4) return 'held-out phrasing';
  return phrasing === heldOutPhrasing(fact, language) ? 'held-out pairing' : 'train';
}

/** A phrasing that texts may use: `choice` 0, 1 or 2 runs through the three of them. */
export function trainPhrasing(fact: Fact, language: Language, choice: number): number {
  return (heldOutPhrasing(fact, language) + 1 + (choice % 3)) % 4;
}

function heldOutPhrasing(fact: Fact, language: Language): number {
  return classOf(`question/${fact.id}/${language}`, 4);
}

function shortAnswer(fact: Fact, language: Language): string {
  const template = fact.relation[language].answer ?? '{v}';
  const answer = fill(template, factSlots(fact, language));
  return language === 'zh' ? `${answer}。` : `${capitalise(answer)}.`;
}
