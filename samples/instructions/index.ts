export {
  type InstructionConversationConfig,
  instructionConversations,
} from './conversations.ts';
export {
  defaultInstructionWeights,
  generateInstructions,
  type InstructionConfig,
  type InstructionWeights,
  instructionItem,
} from './generate.ts';
export {
  type InstructionItem,
  type InstructionKind,
  type InstructionMessage,
  type InstructionRule,
  instructionKinds,
} from './item.ts';
