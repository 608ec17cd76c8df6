/** Rankings by simulated raters of answers about the sample world. */
import { ConfigError, deriveSeed, type Seed, SeededRandom } from '../../src/base/index.ts';
import type { RatedPrompt, RatedQuestion } from './question.ts';
import { type RatedPromptConfig, ratedPrompts } from './rated-prompts.ts';
import { type Rater, rankAnswers, raterPanel } from './rater.ts';
import { type Corruption, corruptAnswer, corruptions } from './variants.ts';

export interface RankingConfig extends RatedPromptConfig {
  /** Answers of each prompt, 2 to 8. Default: 4. */
  numAnswers?: number;
  /** Raters of each prompt, each with a ranking of its own. Default: 1. */
  ratersPerPrompt?: number;
  /** Default: {@link raterPanel}. */
  raters?: readonly Rater[];
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
 * Rankings by the panel, as many for each prompt as `ratersPerPrompt`, but for those to whom all
 * answers are alike; a pure function of its config.
 * @throws ConfigError for a number of answers that cannot be, or more raters than there are.
 */
export function* sampleRankings(config: RankingConfig): Generator<SampleRanking, void> {
  const { numAnswers = 4 } = config;
  checkCount('numAnswers', numAnswers, 2, corruptions.length);
  const panel = checkedPanel(config);
  let number = 0;
  for (const prompt of ratedPrompts(config)) {
    const { question } = prompt;
    const random = new SeededRandom(deriveSeed(panel.seed, 'answers', number++));
    const made = corruptedAnswers(prompt, numAnswers, random);
    const answers = made.map(({ answer }) => answer);
    for (const { rater, ranks } of panelRanks(panel, question, answers)) {
      yield {
        ...{ id: `${question.id}/${rater}`, question, answers, ranks, rater },
        corruptions: made.map(({ corruption }) => corruption),
        prompt: [{ role: 'user', content: question.prompt }],
      };
    }
  }
}

/**
 * Different answers to a prompt: what becomes of its own one by so many corruptions. Two that come to
 * the same text count once.
 */
export function corruptedAnswers(
  { question, ...texts }: RatedPrompt,
  numAnswers: number,
  random: SeededRandom,
): { answer: string; corruption: Corruption }[] {
  const chosen = new Map<string, Corruption>();
  for (const corruption of random.shuffle(corruptions)) {
    if (chosen.size === numAnswers) break;
    const answer = corruptAnswer(question, corruption, texts, random);
    if (!chosen.has(answer)) chosen.set(answer, corruption);
  }
  return [...chosen].map(([answer, corruption]) => ({ answer, corruption }));
}

function checkCount(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ConfigError({ what: name, must: `be from ${least} to ${most}`, got: String(value) });
}

/** Who is asked about each prompt. */
export interface Panel {
  readonly raters: readonly Rater[];
  readonly ratersPerPrompt: number;
  readonly seed: Seed;
}

/** @throws ConfigError for more raters than there are. */
export function checkedPanel(
  config: Pick<RankingConfig, 'raters' | 'ratersPerPrompt' | 'seed' | 'split'>,
): Panel {
  const { ratersPerPrompt = 1, raters = raterPanel } = config;
  checkCount('ratersPerPrompt', ratersPerPrompt, 1, raters.length);
  return { raters, ratersPerPrompt, seed: deriveSeed(config.seed, 'rankings', config.split) };
}

/** What some of the panel say of answers; nobody speaks to whom they are all alike. */
export function panelRanks(
  { raters, ratersPerPrompt, seed }: Panel,
  question: RatedQuestion,
  answers: readonly string[],
): { rater: string; ranks: number[] }[] {
  const random = new SeededRandom(deriveSeed(seed, 'panel', question.id));
  const asked = random.shuffle(raters).slice(0, ratersPerPrompt);
  const all = asked.map((rater) => ({
    rater: rater.name,
    ranks: rankAnswers(rater, question, answers, seed),
  }));
  return all.filter(({ ranks }) => new Set(ranks).size > 1);
}
