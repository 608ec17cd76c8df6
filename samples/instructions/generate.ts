import { ConfigError, deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { languages } from '../grammar/index.ts';
import { createWorld, type Split, type World, type WorldConfig } from '../world/index.ts';
import type { Drawer } from './hand.ts';
import type { InstructionItem, InstructionKind } from './item.ts';
import { drawArithmetic } from './kinds/arithmetic.ts';
import { drawKnowledge } from './kinds/knowledge.ts';
import { drawPoem } from './kinds/poem.ts';
import { drawPoliteness } from './kinds/politeness.ts';
import { drawProgram } from './kinds/program.ts';
import { drawReading } from './kinds/reading.ts';
import { drawRefusal } from './kinds/refusal.ts';
import { drawTranslation } from './kinds/translation.ts';

/** How often each kind is drawn, relative to the others. */
export type InstructionWeights = Readonly<Record<InstructionKind, number>>;

/** Which instructions to write, and how many. */
export interface InstructionConfig extends WorldConfig {
  readonly split: Split;
  readonly numItems: number;
  readonly weights?: Partial<InstructionWeights>;
}

/** Translations are the most, for no two of their sentences are alike. */
export const defaultInstructionWeights: InstructionWeights = {
  knowledge: 16,
  reading: 12,
  translation: 32,
  poem: 7,
  arithmetic: 9,
  politeness: 9,
  refusal: 8,
  program: 7,
};

/**
 * Instructions about a world, each prompt once. What the two sides share is stated by `drawPhrasing`
 * and `pairPhrasing` of hand.ts: never a prompt, and of sentences never one at all. A longer list
 * begins with the shorter one.
 *
 * @throws ConfigError when a field is not valid, or there are not so many different items.
 */
export function* generateInstructions(config: InstructionConfig): Generator<InstructionItem, void> {
  const { split, numItems } = config;
  const world = createWorld(config);
  const seen = new Set<string>();
  for (let index = 0; seen.size < numItems; index++) {
    if (index > 20 * numItems + 1_000) {
      const got = `${numItems}; ${seen.size} different ones were found`;
      const must = 'be so many as the world has';
      throw new ConfigError({ what: 'the number of instructions', must, got });
    }
    const item = instructionItem(world, split, index, config.weights);
    const [prompt] = item.messages;
    if (prompt === undefined || seen.has(prompt.content)) continue;
    seen.add(prompt.content);
    yield item;
  }
}

/** The instruction of a world at an index of one side: a pure function of these and the weights. */
export function instructionItem(
  world: World,
  split: Split,
  index: number,
  weights: Partial<InstructionWeights> = {},
): InstructionItem {
  const random = new SeededRandom(deriveSeed(world.seed, 'instruction', split, index));
  const kind = drawKind(random, { ...defaultInstructionWeights, ...weights });
  const language = random.pick(languages);
  const { prompt, ...draft } = drawers[kind]({ world, random, split, language });
  const messages = [{ role: 'user', content: prompt } as const];
  return { id: `${kind}/${split}/${index}`, kind, language, split, messages, ...draft };
}

const drawers: Readonly<Record<InstructionKind, Drawer>> = {
  knowledge: drawKnowledge,
  reading: drawReading,
  translation: drawTranslation,
  poem: drawPoem,
  arithmetic: drawArithmetic,
  politeness: drawPoliteness,
  refusal: drawRefusal,
  program: drawProgram,
};

function drawKind(random: SeededRandom, weights: InstructionWeights): InstructionKind {
  const kinds = Object.keys(drawers) as InstructionKind[];
  let left = random.next() * kinds.reduce((sum, kind) => sum + weights[kind], 0);
  for (const kind of kinds) {
    left -= weights[kind];
    if (left < 0) return kind;
  }
  return 'translation';
}
