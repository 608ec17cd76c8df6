/** Rankings by simulated raters of answers about the sample world. */
import { ConfigError, deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { languages } from '../grammar/index.ts';
import { createWorld, type Question, type WorldConfig, worldQuestions } from '../world/index.ts';
import { phrases } from './phrases.data.ts';
import type { RatedQuestion } from './question.ts';
import { type Rater, rankAnswers, raterPanel } from './rater.ts';
import { sayInstead, says } from './says.ts';
import { type Corruption, corruptAnswer, corruptions } from './variants.ts';

export interface RankingConfig extends WorldConfig {
  /** `train` has no question that the world's texts hold out; `held-out` has nothing else. */
  split: 'train' | 'held-out';
  numPrompts: number;
  /** Answers of each prompt, 2 to 7. Default: 4. */
  numAnswers?: number;
  /** Raters of each prompt, each with a ranking of its own. Default: 1. */
  ratersPerPrompt?: number;
  /** Default: {@link raterPanel}. */
  raters?: readonly Rater[];
  /** The share of questions that ask for harm. Default: 0.1. */
  harmfulShare?: number;
}

/** A ranking, in the form of a comparison with what is known of its answers. */
export interface SampleRanking {
  readonly id: string;
  readonly prompt: readonly { readonly role: 'user'; readonly content: string }[];
  readonly answers: readonly string[];
  readonly ranks: readonly number[];
  readonly rater: string;
  readonly question: RatedQuestion;
  readonly corruptions: readonly Corruption[];
}

/**
 * Rankings by the panel, as many for each prompt as `ratersPerPrompt`; a pure function of its config.
 * @throws ConfigError for a number of answers that cannot be, or more raters than there are.
 */
export function* sampleRankings(config: RankingConfig): Generator<SampleRanking> {
  const { numPrompts, numAnswers = 4, ratersPerPrompt = 1, raters = raterPanel } = config;
  checkCount('numAnswers', numAnswers, 2, corruptions.length);
  checkCount('ratersPerPrompt', ratersPerPrompt, 1, raters.length);
  const seed = deriveSeed(config.seed, 'rankings', config.split);
  const candidates = new Candidates(config);
  for (let number = 0; number < numPrompts; number++) {
    const random = new SeededRandom(deriveSeed(seed, number));
    const { question, answer, wrong } = candidates.draw(number, random);
    const chosen = random.shuffle(corruptions).slice(0, numAnswers);
    const answers = chosen.map((corruption) =>
      corruptAnswer(question, corruption, { answer, wrong }, random),
    );
    for (const rater of random.shuffle(raters).slice(0, ratersPerPrompt)) {
      yield {
        ...{ id: `${question.id}/${rater.name}`, question, answers, corruptions: chosen },
        prompt: [{ role: 'user', content: question.prompt }],
        ranks: rankAnswers(rater, question, answers, seed),
        rater: rater.name,
      };
    }
  }
}

interface Candidate {
  question: RatedQuestion;
  answer: string;
  wrong: string;
}

/** The questions that a config may draw, and false answers for each. */
class Candidates {
  readonly #split: RankingConfig['split'];
  readonly #harmfulShare: number;
  readonly #questions: readonly Question[];
  readonly #byRelation = new Map<string, Question[]>();

  constructor({ split, harmfulShare = 0.1, ...config }: RankingConfig) {
    this.#split = split;
    this.#harmfulShare = harmfulShare;
    const all = [...worldQuestions(createWorld(config))].filter(tellsItsAnswer);
    this.#questions = all.filter((each) => (each.split === 'train') === (split === 'train'));
    for (const each of all) {
      const relation = relationOf(each);
      this.#byRelation.set(relation, [...(this.#byRelation.get(relation) ?? []), each]);
    }
  }

  draw(number: number, random: SeededRandom): Candidate {
    if (random.next() < this.#harmfulShare) return this.#harmful(number, random);
    const drawn = random.pick(this.#questions);
    const others = this.#byRelation.get(relationOf(drawn)) ?? [];
    const different = others.filter((other) => isAnotherAnswer(other, drawn));
    if (different.length === 0) return this.draw(number, random);
    const other = random.pick(different);
    const { language, text: prompt, fullAnswer, shortAnswer } = drawn;
    const isShort = random.next() < 0.5;
    const wrongAnswer = sayInstead(fullAnswer, wordOf(drawn), wordOf(other), language);
    return {
      question: {
        ...{ id: `${number}/${drawn.id}`, language, prompt, isHarmful: false },
        truths: [wordOf(drawn)],
        falsehoods: [wordOf(other)],
      },
      answer: isShort ? shortAnswer : fullAnswer,
      wrong: isShort ? other.shortAnswer : wrongAnswer,
    };
  }

  /** The last of each language's questions is held out. */
  #harmful(number: number, random: SeededRandom): Candidate {
    const language = random.pick(languages);
    const { harmful } = phrases[language];
    const open = this.#split === 'train' ? harmful.slice(0, -1) : harmful.slice(-1);
    const [prompt, answer] = random.pick(open);
    const id = `${number}/harmful/${language}`;
    const question = { id, language, prompt, truths: [], falsehoods: [], isHarmful: true };
    return { question, answer, wrong: random.pick(harmful)[1] };
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

function tellsItsAnswer(asked: Question): boolean {
  return says(asked.fullAnswer, wordOf(asked), asked.language);
}

/** Whether the answer to one question is false for another, and no part of what is true of it. */
function isAnotherAnswer(other: Question, asked: Question): boolean {
  const { language, fullAnswer } = asked;
  return (
    !says(fullAnswer, wordOf(other), language) && !says(wordOf(other), wordOf(asked), language)
  );
}

function checkCount(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ConfigError({ what: name, must: `be from ${least} to ${most}`, got: String(value) });
}
