import { deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { generateInstructions, type InstructionConfig } from './generate.ts';
import type { InstructionItem } from './item.ts';

/** Which conversations to make of instructions. */
export interface InstructionConversationConfig extends InstructionConfig {
  /** Each conversation has from one to so many instructions. */
  readonly maxTurns: number;
}

/**
 * Instructions in conversations: whoever only ever saw one question does not know what to do with a
 * second one. Each instruction stands in one conversation, and the list begins with the shorter ones.
 */
export function* instructionConversations({
  maxTurns,
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
    turns.push(item);
    if (turns.length < numTurns) continue;
    yield turns;
    turns = [];
  }
  if (turns.length > 0) yield turns;
}
