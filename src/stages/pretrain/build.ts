/** From what a pre-training run is made. */
import { ConfigError, type Seed, type StageContext } from '../../base/index.ts';
import {
  Gpt,
  HuggingFaceState,
  modelDocuments,
  resolveGptConfig,
  trainingFlopsPerToken,
} from '../../model/index.ts';
import { setPrecision } from '../../nn/index.ts';
import { manualSeed } from '../../tensor/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import {
  buildOptimizer,
  buildTrainConfig,
  runFactsOf,
  type TokenData,
  TrainingRun,
} from '../training/index.ts';
import { harmlessFields, type PretrainConfig, resumeRules } from './config.ts';

/**
 * Finds what does not fit together without building anything.
 * @throws ConfigError that names the field, from `pretrain` on.
 */
export function checkPretrainConfig(config: PretrainConfig): void {
  resolveGptConfig(config.model, 'pretrain.model');
  buildTrainConfig(config, 1, 'pretrain');
}

export interface PretrainInputs {
  config: PretrainConfig;
  context: StageContext;
  tokenizer: Tokenizer;
  tokens: TokenData;
}

/** @throws ConfigError for sizes that do not fit together, and as `TrainingRun.open`. */
export async function openPretrainRun(inputs: PretrainInputs): Promise<TrainingRun> {
  const { config, context, tokenizer, tokens } = inputs;
  const { corpusVersion, sha256 } = tokens;
  const corpus = corpusVersion === undefined ? {} : { corpus: corpusVersion };
  const facts = runFactsOf({
    ...{ config, harmlessFields, seed: context.seed },
    inputs: { ...corpus, tokens: sha256, tokenizer: tokenizer.hash },
  });
  const model = buildModel(config, tokenizer.vocabSize, context.seed);
  const documents = modelDocuments({ config: model.config, tokenizer });
  return await TrainingRun.open({
    ...{ stage: 'pretrain', config, context, model, facts, rules: resumeRules },
    optimizer: buildOptimizer(model.parameters(), config),
    weights: { 'model.safetensors': new HuggingFaceState(model) },
    documents: () => documents,
    flopsPerToken: trainingFlopsPerToken(config.model),
  });
}

/** @param vocabSize the tokenizer's */
function buildModel(config: PretrainConfig, vocabSize: number, seed: Seed): Gpt {
  const { precision = 'auto', device = 'cpu' } = config;
  const shape = resolveGptConfig(config.model, 'pretrain.model');
  if (shape.vocabSize < vocabSize) {
    throw new ConfigError({
      what: 'pretrain.model.vocabSize',
      must: `hold the ${vocabSize} tokens of the tokenizer`,
      got: String(shape.vocabSize),
      hint: `--set pretrain.model.vocabSize=${Math.ceil(vocabSize / 64) * 64}`,
    });
  }
  manualSeed({ seed, stream: 'init', step: 0, rank: 0, micro: 0 });
  const model = new Gpt(shape);
  if (device !== 'cpu') model.to(device);
  setPrecision(model, precision);
  return model;
}
