/** The rows that fine-tuning trains on and is measured on. */
import type { StageContext } from '../../base/index.ts';
import { PackedBatches, type TokenBatches } from '../../batches/index.ts';
import { openPretrainText } from '../training/index.ts';
import type { BaseModel } from './base-model.ts';
import type { SftConfig } from './config.ts';
import type { SftData } from './conversation-data.ts';

export interface SftBatches {
  train: PackedBatches;
  /** In one order, each conversation once; null when nothing is held out. */
  validation: PackedBatches | null;
  /** Of what is read. */
  hashes: Record<string, string>;
  /** Places that are computed for each one that has a target, in the conversations. */
  tokensPerTarget: number;
}

/** @throws ConfigError and FileError as batches do. */
export async function openBatches(
  config: SftConfig,
  base: BaseModel,
  data: SftData,
  context: StageContext,
): Promise<SftBatches> {
  const { packing = true, device = 'cpu' } = config;
  const { contextLength = base.modelConfig.contextLength } = config;
  const common = { contextLength, seed: context.seed, packing, device };
  const text = await openText(config, contextLength, base, context);
  const sources = data.sources.filter(({ train }) => train.numConversations > 0);
  const heldOut = data.sources.filter(({ validation }) => validation.numConversations > 0);
  return {
    train: new PackedBatches({
      ...{ ...common, text },
      sources: sources.map(({ train: dataset, weight }) => ({ dataset, weight })),
    }),
    validation:
      heldOut.length === 0
        ? null
        : new PackedBatches({
            ...common,
            sources: heldOut.map(({ validation: dataset }) => ({ dataset })),
          }),
    hashes: { conversations: data.sha256, ...(text && { text: text.sha256 }) },
    tokensPerTarget: data.report.numTokens / Math.max(1, data.report.numLearned),
  };
}

/** The tokens of the run's own pre-training. */
async function openText(
  { pretrainMix: share = 0 }: SftConfig,
  contextLength: number,
  { ownTokenizer: tokenizer }: BaseModel,
  context: StageContext,
): Promise<{ share: number; windows: TokenBatches; sha256: string } | undefined> {
  if (share === 0) return undefined;
  const options = { tokenizer, contextLength, without: '--set sft.pretrainMix=0' };
  return { share, ...(await openPretrainText(options, context)) };
}
