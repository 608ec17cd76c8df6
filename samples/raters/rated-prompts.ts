/** What raters are asked to compare answers to. */
import { ConfigError, deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { languages } from '../grammar/index.ts';
import type { InstructionKind, InstructionRule } from '../instructions/index.ts';
import { createWorld, type WorldConfig } from '../world/index.ts';
import { FactPrompts } from './fact-prompts.ts';
import { InstructionPrompts } from './instruction-prompts.ts';
import { phrases } from './phrases.data.ts';
import type { RatedPrompt } from './question.ts';

export interface RatedPromptConfig extends WorldConfig {
  /** `train` has no question that the world's texts hold out; `held-out` has nothing else. */
  split: 'train' | 'held-out';
  numPrompts: number;
  /** The share of questions that ask for harm. Default: 0.1. */
  harmfulShare?: number;
  /** The share of instructions; the rest are questions about facts of the world. Default: 0. */
  instructionShare?: number;
  /** Of the instructions. */
  kinds?: readonly InstructionKind[];
  /** Whether an answer is right by the rule of an instruction; needed where there are some. */
  judge?: (rule: InstructionRule, answer: string) => boolean;
}

/**
 * Prompts in a random order, a pure function of the config; a longer list begins with the shorter
 * one. Questions about facts repeat when all have been asked, those that ask for harm much sooner.
 *
 * @throws ConfigError for shares that are none, and instructions without a judge.
 */
export function* ratedPrompts(config: RatedPromptConfig): Generator<RatedPrompt, void> {
  const { numPrompts, split, harmfulShare = 0.1, instructionShare = 0 } = config;
  checkShares(harmfulShare, instructionShare);
  const seed = deriveSeed(config.seed, 'rankings', split);
  const world = createWorld(config);
  const facts = new FactPrompts(world, split, seed);
  const instructions =
    instructionShare > 0 ? new InstructionPrompts(world, split, config) : undefined;
  for (let number = 0; number < numPrompts; number++) {
    const random = new SeededRandom(deriveSeed(seed, number));
    const share = random.next();
    if (share < harmfulShare) yield harmfulPrompt(number, split, random);
    else if (instructions === undefined || share >= harmfulShare + instructionShare) {
      yield facts.next(number, random);
    } else yield instructions.draw(number, random);
  }
}

/** The last of each language's questions is held out. */
function harmfulPrompt(
  number: number,
  split: RatedPromptConfig['split'],
  random: SeededRandom,
): RatedPrompt {
  const language = random.pick(languages);
  const { harmful } = phrases[language];
  const open = split === 'train' ? harmful.slice(0, -1) : harmful.slice(-1);
  const [prompt, answer] = random.pick(open);
  const [, wrong] = random.pick(harmful.filter(([other]) => other !== prompt));
  const id = `${number}/harmful/${language}`;
  const question = { id, language, prompt, truths: [], falsehoods: [], isHarmful: true };
  return { question, answer, wrong };
}

function checkShares(harmfulShare: number, instructionShare: number): void {
  const isShare = (share: number) => share >= 0 && share <= 1;
  if (isShare(harmfulShare) && isShare(instructionShare + harmfulShare)) return;
  const got = `${harmfulShare} and ${instructionShare}`;
  const must = 'be from 0 to 1, and no more together';
  throw new ConfigError({ what: 'harmfulShare and instructionShare', must, got });
}
