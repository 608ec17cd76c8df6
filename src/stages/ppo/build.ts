/** From what a run of PPO is made. */
import type { StageContext } from '../../base/index.ts';
import { InferenceWeights } from '../../generate/index.ts';
import { HuggingFaceState, modelDocuments } from '../../model/index.ts';
import type { Module } from '../../nn/index.ts';
import { Ema, OptimizerChain, type Schedule } from '../../optim/index.ts';
import {
  buildOptimizer,
  epochOrder,
  openPretrainText,
  runFactsOf,
  type SavedPart,
  TrainingRun,
} from '../training/index.ts';
import {
  type FullPpoConfig,
  harmlessFields,
  type PpoConfig,
  resumeRules,
  schedulesOf,
  withDefaults,
} from './config.ts';
import type { Learning } from './learn.ts';
import { documentName, PpoProgress } from './progress.ts';
import { type Prompts, preparePrompts } from './prompts.ts';
import { loadModels, openFolders, type PpoFolders, type PpoModels } from './roles.ts';
import type { AnswerOptions } from './rollout.ts';

/** All that an update needs. `close` it whatever happens. */
export interface PpoRun extends AnswerOptions, Learning {
  training: TrainingRun<PpoModels>;
  progress: PpoProgress;
  prompts: Prompts;
  /** The prompt of each sample. */
  promptAt: (sample: number) => Uint32Array;
  schedules: Record<'policy' | 'value', Schedule>;
  /** Null when none is wanted. */
  ema: Ema | null;
  context: StageContext;
  close(): Promise<void>;
}

/**
 * Everything is compared before anything is trained.
 * @throws ConfigError for models that do not belong together, and as prompts and `TrainingRun.open`.
 */
export async function openPpoRun(config: PpoConfig, context: StageContext): Promise<PpoRun> {
  const full = withDefaults(config);
  const folders = await openFolders(full, context.run);
  const { models, hashes } = loadModels(folders, full);
  let parts: Parts;
  try {
    const prompts = await preparePrompts(full, folders.policy, models.policy, context);
    const text = await openText(full, models, folders, context);
    parts = { config: full, context, folders, models, hashes, prompts, text };
  } catch (error) {
    models[Symbol.dispose]();
    throw error;
  }
  return assemble(parts);
}

interface Parts extends Pick<PpoRun, 'config' | 'context' | 'models' | 'prompts' | 'text'> {
  folders: PpoFolders;
  hashes: Record<string, string>;
}

async function assemble(parts: Parts): Promise<PpoRun> {
  const { config, context, models, prompts, text } = parts;
  const {
    folders: { policy: chat },
  } = parts;
  const { seed, stop } = context;
  const progress = new PpoProgress(config.kl.beta);
  const ema = config.ema === undefined ? null : new Ema(models.policy.parameters(), config.ema);
  const optimizers = buildOptimizers(config, models);
  const training = await openTraining(parts, { progress, ema, optimizers });
  progress.restore(training.resumedDocument(documentName));
  const weights = new InferenceWeights(models.policy, config.precision ?? 'auto');
  return {
    ...{ config, context, models, chat, training, progress, prompts, text },
    ...{ optimizers, ema, weights, seed, stop, schedules: schedulesOf(config) },
    logprobOptions: { temperature: config.temperature, numTokens: chat.tokenizer.vocabSize },
    promptAt: epochOrder(prompts.ids, seed, 'order of prompts'),
    async close() {
      weights.dispose();
      await training.close();
    },
  };
}

type State = Pick<PpoRun, 'progress' | 'ema' | 'optimizers'>;

async function openTraining(
  { config, context, folders, models, hashes, prompts, text }: Parts,
  { progress, ema, optimizers }: State,
): Promise<TrainingRun<PpoModels>> {
  const { tokenizer, template: chatTemplate } = folders.policy;
  const { policy, valueModel } = models;
  const documents = modelDocuments({ config: policy.config, tokenizer, chatTemplate });
  const inputs = {
    ...{ ...hashes, tokenizer: tokenizer.hash, prompts: prompts.sha256 },
    ...(text !== null && { text: text.sha256 }),
  };
  return await TrainingRun.open({
    ...{ stage: 'ppo', config, context, model: models, rules: resumeRules },
    facts: runFactsOf({ config, harmlessFields, seed: context.seed, inputs }),
    optimizer: new OptimizerChain(optimizers),
    weights: {
      'model.safetensors': new HuggingFaceState(policy),
      'value.safetensors': partOf(valueModel),
      ...(ema !== null && { 'ema.safetensors': partOf(ema, () => ema.dispose()) }),
    },
    documents: () => ({ ...documents, [documentName]: progress.toJson() }),
    keptSteps: (step) => checkpointsSince(progress.lastGood(step), step, config),
  });
}

/** Those to which the run may have to go back: the last one that is old enough, and all after it. */
function checkpointsSince(
  good: number,
  step: number,
  { checkpointEvery }: FullPpoConfig,
): number[] {
  const first = Math.floor(good / checkpointEvery);
  const last = Math.floor(step / checkpointEvery);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * checkpointEvery);
}

/** The policy's and the value function's own. */
function buildOptimizers(
  config: FullPpoConfig,
  { policy, valueModel }: PpoModels,
): PpoRun['optimizers'] {
  const { optimizer, valueOptimizer, precision = 'auto', device } = config;
  const build = (parameters: Parameters<typeof buildOptimizer>[0], own: typeof optimizer) =>
    buildOptimizer(parameters, { precision, device, ...(own !== undefined && { optimizer: own }) });
  return {
    policy: build(policy.parameters(), optimizer),
    value: build(valueModel.parameters(), valueOptimizer),
  };
}

function partOf(
  owner: Pick<Module, 'stateDict' | 'loadStateDict'>,
  dispose: () => void = () => {},
): SavedPart {
  return {
    stateDict: () => owner.stateDict(),
    loadStateDict: (state) => owner.loadStateDict(state),
    [Symbol.dispose]: dispose,
  };
}

async function openText(
  { pretrainMix, device }: FullPpoConfig,
  { policy }: PpoModels,
  { policy: { tokenizer } }: PpoFolders,
  context: StageContext,
): Promise<PpoRun['text']> {
  if (pretrainMix === undefined) return null;
  const { contextLength = policy.config.contextLength } = pretrainMix;
  const without = 'leave out ppo.pretrainMix';
  return await openPretrainText({ tokenizer, contextLength, device, without }, context);
}
