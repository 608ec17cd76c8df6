/** What the stages that train have in common. It is no stage, and knows none. */
export { buildOptimizer } from './build-optimizer.ts';
export { buildTrainConfig, numStepsFor } from './build-train-config.ts';
export { type ChatModel, openChatModel } from './chat-model.ts';
export { conversationSourceOf } from './conversation-source.ts';
export { epochOrder } from './epoch-order.ts';
export { runFactsOf } from './facts.ts';
export { hashWeights } from './hash-weights.ts';
export { checkSource, nothingLeft, sourceFields } from './named-source.ts';
export { openPretrainText, type PretrainText } from './pretrain-text.ts';
export { replaceFolder } from './replace-folder.ts';
export { readTasks, type TaskSource, taskSource } from './tasks.ts';
export { prepareTokens, type TokenData } from './token-data.ts';
export {
  type OptimizerConfig,
  type ScheduleConfig,
  type TrainingConfig,
  trainingFields,
  trainingRules,
} from './training-config.ts';
export { type SavedPart, TrainingRun } from './training-run.ts';
