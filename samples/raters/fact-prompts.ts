import { deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { type Question, type World, worldQuestions } from '../world/index.ts';
import { phrases } from './phrases.data.ts';
import type { RatedPrompt } from './question.ts';
import { sayInstead, says } from './says.ts';

/** The questions about a world's facts on one side of the split, and false answers for each. */
export class FactPrompts {
  readonly #questions: readonly Question[];
  readonly #byRelation = new Map<string, Question[]>();
  readonly #seed: bigint;
  #order: readonly Question[] = [];
  #numAsked = 0;

  constructor(world: World, split: 'train' | 'held-out', seed: bigint) {
    this.#seed = seed;
    const all = [...worldQuestions(world)].filter(tellsItsAnswer);
    for (const each of all) {
      const relation = relationOf(each);
      this.#byRelation.set(relation, [...(this.#byRelation.get(relation) ?? []), each]);
    }
    this.#questions = all.filter((each) => (each.split === 'train') === (split === 'train'));
  }

  /** The next question; when all were asked, they are asked again in another order. */
  next(number: number, random: SeededRandom): RatedPrompt {
    const asked = this.#ask();
    const others = this.#byRelation.get(relationOf(asked)) ?? [];
    const different = others.filter((other) => isAnotherAnswer(other, asked));
    if (different.length === 0) return this.next(number, random);
    const other = random.pick(different);
    const { language, text: prompt, fullAnswer, shortAnswer } = asked;
    const isShort = random.next() < 0.5;
    const wrongAnswer = sayInstead(fullAnswer, wordOf(asked), wordOf(other), language);
    return {
      question: {
        ...{ id: `${number}/${asked.id}`, language, prompt, isHarmful: false },
        truths: [wordOf(asked)],
        falsehoods: [wordOf(other)],
      },
      answer: isShort ? shortAnswer : fullAnswer,
      wrong: isShort ? other.shortAnswer : wrongAnswer,
    };
  }

  #ask(): Question {
    const place = this.#numAsked++ % this.#questions.length;
    if (place === 0) {
      const shuffle = new SeededRandom(deriveSeed(this.#seed, 'order', this.#numAsked));
      this.#order = shuffle.shuffle(this.#questions);
    }
    return this.#order[place] as Question;
  }
}

/** What facts of one relation have in common: the kind of subject and what is told of it. */
function relationOf({ fact, language }: Question): string {
  const parts = fact.id.split('/');
  return `${parts[0]}/${parts.at(-1)}/${language}`;
}

/** The short answer without its full stop: what makes an answer true. */
function wordOf({ shortAnswer }: Question): string {
  return shortAnswer.replace(/[.。]$/, '');
}

/** Whether its answer can be told from what is put around it: May stands in “it may be good”. */
function tellsItsAnswer(asked: Question): boolean {
  const { fullAnswer, language } = asked;
  const { politely, rudely, atLength, refusals } = phrases[language];
  const frames = [...politely, ...rudely, ...atLength, ...refusals];
  const word = wordOf(asked);
  return says(fullAnswer, word, language) && !frames.some((frame) => says(frame, word, language));
}

/** Whether the answer to one question is false for another, and no part of what is true of it. */
function isAnotherAnswer(other: Question, asked: Question): boolean {
  const { language, fullAnswer } = asked;
  return (
    !says(fullAnswer, wordOf(other), language) && !says(wordOf(other), wordOf(asked), language)
  );
}
