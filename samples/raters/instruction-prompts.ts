import { ConfigError, type SeededRandom } from '../../src/base/index.ts';
import {
  type InstructionItem,
  type InstructionKind,
  instructionItem,
  instructionKinds,
} from '../instructions/index.ts';
import type { World } from '../world/index.ts';
import type { RatedPrompt } from './question.ts';
import type { RatedPromptConfig } from './rated-prompts.ts';

/** No item has an index above. */
const numIndices = 2 ** 30;

/** Instructions for raters: what is true is what the rule of the instruction takes. */
export class InstructionPrompts {
  readonly #world: World;
  readonly #split: RatedPromptConfig['split'];
  readonly #kinds: readonly InstructionKind[];
  readonly #judge: NonNullable<RatedPromptConfig['judge']>;

  constructor(
    world: World,
    split: RatedPromptConfig['split'],
    { kinds = instructionKinds, judge }: Pick<RatedPromptConfig, 'kinds' | 'judge'>,
  ) {
    if (judge === undefined) {
      throw new ConfigError({ what: 'judge', must: 'be given for instructions', got: 'none' });
    }
    this.#world = world;
    this.#split = split;
    this.#kinds = kinds;
    this.#judge = judge;
  }

  draw(number: number, random: SeededRandom): RatedPrompt {
    const item = this.#item(random, this.#kinds);
    const isTrue = (answer: string) => this.#judge(item.rule, answer);
    const wrong = this.#wrongAnswer(item, isTrue, random);
    if (wrong === undefined) return this.draw(number, random);
    const { id, language, messages, answer } = item;
    const prompt = messages[0]?.content ?? '';
    const truth = { truths: [], falsehoods: [], isHarmful: false, isTrue };
    return { question: { id: `${number}/${id}`, language, prompt, ...truth }, answer, wrong };
  }

  /** The answer to another instruction of the kind; undefined where none of some is wrong. */
  #wrongAnswer(
    { kind, language }: InstructionItem,
    isTrue: (answer: string) => boolean,
    random: SeededRandom,
  ): string | undefined {
    for (let tries = 0; tries < 20; tries++) {
      const other = this.#item(random, [kind]);
      if (other.language === language && !isTrue(other.answer)) return other.answer;
    }
    return undefined;
  }

  #item(random: SeededRandom, kinds: readonly InstructionKind[]): InstructionItem {
    const without = instructionKinds.filter((kind) => !kinds.includes(kind));
    const weights = Object.fromEntries(without.map((kind) => [kind, 0]));
    return instructionItem(this.#world, this.#split, random.int(numIndices), weights);
  }
}
