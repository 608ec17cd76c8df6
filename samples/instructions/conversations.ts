import { deriveSeed, type Seed, SeededRandom } from '../../src/base/index.ts';
import { fill, politeFrames } from '../grammar/index.ts';
import { generateInstructions, type InstructionConfig } from './generate.ts';
import type { InstructionItem } from './item.ts';

/** Which conversations to make of instructions. */
export interface InstructionConversationConfig extends InstructionConfig {
  /** Each conversation has from one to so many instructions. */
  readonly maxTurns: number;
  /** The share of answers to questions about facts that are given in a polite frame. Default: 0. */
  readonly courtesy?: number;
}

/**
 * Instructions in conversations: whoever only ever saw one question does not know what to do with a
 * second one. Each instruction stands in one conversation, and the list begins with the shorter ones.
 */
export function* instructionConversations({
  maxTurns,
  courtesy = 0,
  ...config
}: InstructionConversationConfig): Generator<readonly InstructionItem[], void> {
  let turns: InstructionItem[] = [];
  let numTurns = 0;
  let index = 0;
  for (const item of generateInstructions(config)) {
    if (turns.length === 0) {
      const random = new SeededRandom(deriveSeed(config.seed, 'turns', index++));
      numTurns = 1 + random.int(maxTurns);
    }
    turns.push(withCourtesy(item, courtesy, config.seed));
    if (turns.length < numTurns) continue;
    yield turns;
    turns = [];
  }
  if (turns.length > 0) yield turns;
}

/** People have different manners; only the answers that a rule takes in a frame are put into one. */
function withCourtesy(item: InstructionItem, share: number, seed: Seed): InstructionItem {
  const { id, rule, language, answer } = item;
  const random = new SeededRandom(deriveSeed(seed, 'courtesy', id));
  if (rule.type !== 'equals' || rule.around === undefined || random.next() >= share) return item;
  return { ...item, answer: fill(random.pick(politeFrames[language]), { a: answer }) };
}
