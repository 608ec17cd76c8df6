/** From what a fine-tuning run is made. */
import { ConfigError, type StageContext } from '../../base/index.ts';
import {
  AdapterState,
  adapterDocuments,
  addLora,
  type Gpt,
  growVocabulary,
  HuggingFaceState,
  loadGpt,
  modelDocuments,
  trainingFlopsPerToken,
} from '../../model/index.ts';
import { setPrecision, trainableParameters } from '../../nn/index.ts';
import { manualSeed } from '../../tensor/index.ts';
import { buildOptimizer, runFactsOf, type TrainingConfig, TrainingRun } from '../training/index.ts';
import type { BaseModel } from './base-model.ts';
import { harmlessFields, resumeRules, type SftConfig } from './config.ts';
import type { SftBatches } from './sft-batches.ts';
import { documentName, type ValidationHistory } from './validation-history.ts';

export interface SftInputs {
  config: SftConfig & TrainingConfig;
  context: StageContext;
  base: BaseModel;
  batches: SftBatches;
  history: ValidationHistory;
}

/** @throws ConfigError for sizes that do not fit together, and as `TrainingRun.open`. */
export async function openSftRun(inputs: SftInputs): Promise<TrainingRun> {
  const { config, context, base, batches, history } = inputs;
  const facts = runFactsOf({
    ...{ config, harmlessFields, seed: context.seed },
    inputs: { base: base.sha256, tokenizer: base.tokenizer.hash, ...batches.hashes },
  });
  const model = buildModel(inputs);
  const documents = documentsOf(inputs, model);
  const weights: Record<string, HuggingFaceState | AdapterState> =
    config.lora === undefined
      ? { 'model.safetensors': new HuggingFaceState(model) }
      : { 'adapter_model.safetensors': new AdapterState(model) };
  const training = await TrainingRun.open({
    ...{ stage: 'sft', config, context, model, facts, rules: resumeRules, weights },
    optimizer: buildOptimizer(trainableParameters(model), config),
    documents: () => ({ ...documents, [documentName]: history.toJson() }),
    keptSteps: () => history.keptSteps,
    // Steps are counted in learned tokens; the others cost as much.
    flopsPerToken: trainingFlopsPerToken(model.config) * batches.tokensPerTarget,
  });
  history.restore(training.resumedDocument(documentName));
  return training;
}

function buildModel({ config, context, base }: SftInputs): Gpt {
  const { precision = 'auto', device = 'cpu', lora } = config;
  const model = loadGpt(base.folder, { device });
  const hasNewTokens = base.tokenizer.vocabSize > base.ownTokenizer.vocabSize;
  growVocabulary(model, Math.max(model.config.vocabSize, base.tokenizer.vocabSize));
  manualSeed({ seed: context.seed, stream: 'init', step: 0, rank: 0, micro: 0 });
  // Frozen, a new token would never mean anything.
  if (lora !== undefined) addLora(model, { trainEmbeddings: hasNewTokens, ...lora });
  setPrecision(model, precision);
  return model.train();
}

function documentsOf({ config, base }: SftInputs, model: Gpt): Record<string, string> {
  const { tokenizer, template: chatTemplate, folder } = base;
  if (config.lora === undefined) {
    return modelDocuments({ config: model.config, tokenizer, chatTemplate });
  }
  return adapterDocuments(model, { base: folder, tokenizer, chatTemplate });
}

/** @throws ConfigError when rows would be longer than the model's context. */
export function checkContext({ contextLength = 1 }: SftConfig, { modelConfig }: BaseModel): void {
  if (contextLength <= modelConfig.contextLength) return;
  const must = `be at most ${modelConfig.contextLength}, the base model's`;
  throw new ConfigError({ what: 'sft.contextLength', must, got: String(contextLength) });
}
