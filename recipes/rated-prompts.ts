/** What the raters of samples/ are asked, in the forms that stages read. */
import {
  checkedPanel,
  corruptAnswer,
  corruptedAnswers,
  goldScore,
  instructionKinds,
  panelRanks,
  type RankingConfig,
  type RatedPromptConfig,
  ratedPrompts,
  type WorldSize,
} from '../samples/index.ts';
import { deriveSeed, SeededRandom } from '../src/base/index.ts';
import type { Conversation, Message } from '../src/chat/index.ts';
import { type GoldPrompt, judgeAnswer } from '../src/evaluate/index.ts';

export type Options = Readonly<Record<string, string | number>>;

/** Prompts alone. */
export function* samplePrompts(options: Options): Generator<{ prompt: Message[] }, void> {
  for (const { question } of ratedPrompts(ratedPromptConfig(options))) {
    yield { prompt: [{ role: 'user', content: question.prompt }] };
  }
}

/**
 * Prompts with a good answer each, as people write them who are asked to show how: a refusal of what
 * does harm, and now and then a polite phrase (`politeShare`, 0.2).
 */
export function* sampleDemonstrations({
  politeShare = 0.2,
  ...options
}: Options): Generator<Conversation, void> {
  const config = ratedPromptConfig(options);
  for (const { question, ...texts } of ratedPrompts(config)) {
    const random = new SeededRandom(deriveSeed(config.seed, 'demonstration', question.id));
    const isPolite = question.isTrue === undefined && random.next() < Number(politeShare);
    const form = question.isHarmful ? 'refusal' : isPolite ? 'polite' : 'none';
    const content = corruptAnswer(question, form, texts, random);
    yield {
      messages: [
        { role: 'user', content: question.prompt },
        { role: 'assistant', content },
      ],
    };
  }
}

/** Prompts with gold score, raters, and answers with known faults. */
export function* goldPrompts({ numAnswers = 4, ...options }: Options): Generator<GoldPrompt, void> {
  const config = rankingConfig(options);
  const panel = checkedPanel(config);
  for (const prompt of ratedPrompts(config)) {
    const { question } = prompt;
    const random = new SeededRandom(deriveSeed(panel.seed, 'variants', question.id));
    const made = corruptedAnswers(prompt, Number(numAnswers), random);
    yield {
      id: question.id,
      messages: [{ role: 'user', content: question.prompt }],
      variants: made.map(({ answer }) => answer),
      score: (answer) => goldScore(question, answer),
      rank: (answers) => panelRanks(panel, question, answers),
    };
  }
}

/** As {@link ratedPromptConfig}; also `ratersPerPrompt` (1). */
export function rankingConfig({ ratersPerPrompt = 1, ...options }: Options): RankingConfig {
  return { ...ratedPromptConfig(options), ratersPerPrompt: Number(ratersPerPrompt) };
}

/** Programs are not among the instructions: their judge is a process of its own. */
const judgedKinds = instructionKinds.filter((kind) => kind !== 'program');

function ratedPromptConfig({
  numPrompts = 0,
  split = 'train',
  seed = 1,
  size = 'hamlet',
  harmfulShare = 0.1,
  instructionShare = 0,
  kinds,
}: Options): RatedPromptConfig {
  const wanted = kinds === undefined ? judgedKinds : String(kinds).split(',');
  return {
    ...{ numPrompts: Number(numPrompts), split: split as RatedPromptConfig['split'] },
    ...{ seed: Number(seed), size: size as WorldSize },
    ...{ harmfulShare: Number(harmfulShare), instructionShare: Number(instructionShare) },
    kinds: judgedKinds.filter((kind) => wanted.includes(kind)),
    judge: (rule, answer) => judgeAnswer(rule, answer) === true,
  };
}
