/** Language models: one typed config from GPT-1 to Qwen3. */

export { type ParameterBreakdown, parameterBreakdown, parameterBreakdownOf } from './breakdown.ts';
export { trainingFlopsPerToken } from './flops.ts';
export { Gpt, type GptLossOptions } from './gpt.ts';
export { type GptConfig, type ResolvedGptConfig, resolveGptConfig } from './gpt-config.ts';
export type { GptOptions } from './gpt-options.ts';
export { growVocabulary } from './grow-vocabulary.ts';
export { gptConfigOf, huggingFaceConfig } from './hugging-face/architectures.ts';
export {
  checkVocabulary,
  documentNames,
  type ModelDescription,
  modelDocuments,
} from './hugging-face/documents.ts';
export { type ExportOptions, exportModel } from './hugging-face/export-model.ts';
export {
  type GenerationConfig,
  generationConfigOf,
  huggingFaceGeneration,
} from './hugging-face/generation-config.ts';
export type { JsonObject } from './hugging-face/json-fields.ts';
export {
  type LoadedModel,
  type LoadModelOptions,
  loadGpt,
  loadModel,
  readModelConfig,
} from './hugging-face/load-model.ts';
export {
  exportRewardModel,
  loadRewardModel,
  RewardModelState,
  rewardModelDocuments,
} from './hugging-face/reward-folder.ts';
export { checkSavedWith, type SavedWith } from './hugging-face/saved-with.ts';
export { HuggingFaceState } from './hugging-face/state.ts';
export { AdapterState } from './lora/adapter-state.ts';
export { addLora, hasLora, mergeLora, removeLora, unmergeLora } from './lora/add-lora.ts';
export { findBase, isAdapterFolder, loadAdapter } from './lora/load-adapter.ts';
export type { LoraConfig } from './lora/lora-config.ts';
export { type AdapterDescription, adapterDocuments, saveAdapter } from './lora/save-adapter.ts';
export { packedBackwardBySegments, packedLoss } from './packed-loss.ts';
export {
  type Gpt2Size,
  type Gpt3Size,
  gpt1,
  gpt2,
  gpt3,
  type ModernConfig,
  modern,
  presetConfig,
  presets,
} from './presets.ts';
export { RewardModel, rewardModelOf, ValueModel, valueModelOf } from './reward-model.ts';
export { rewardsOf } from './rewards-of.ts';
export { padRight, type ScoreOptions, scoreSequences } from './score-sequences.ts';
