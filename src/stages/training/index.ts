/** What the stages that train have in common. It is no stage, and knows none. */
export { buildOptimizer } from './build-optimizer.ts';
export { buildTrainConfig, numStepsFor } from './build-train-config.ts';
export { runFactsOf } from './facts.ts';
export { replaceFolder } from './replace-folder.ts';
export { prepareTokens, type TokenData } from './token-data.ts';
export { type TrainingConfig, trainingFields, trainingRules } from './training-config.ts';
export { TrainingRun } from './training-run.ts';
