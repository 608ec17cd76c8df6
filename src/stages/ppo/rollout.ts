/**
 * The policy answers. A rollout is a pure function of the
 * weights, the price of KL and the number of its first prompt: one that was interrupted is made again,
 * to the same bits, and needs no place in a checkpoint.
 */
import { deriveSeed, type Seed, type StageContext } from '../../base/index.ts';
import {
  type GeneratedTokens,
  generateTokens,
  type InferenceWeights,
} from '../../generate/index.ts';
import type { TokenLogprobOptions } from '../../rl/index.ts';
import type { ChatModel } from '../training/index.ts';
import type { FullPpoConfig } from './config.ts';
import type { Episode } from './episodes.ts';
import type { PpoModels } from './roles.ts';

export interface AnswerOptions {
  config: FullPpoConfig;
  chat: ChatModel;
  models: PpoModels;
  weights: InferenceWeights;
  /** As answers are drawn. */
  logprobOptions: TokenLogprobOptions;
  seed: Seed;
  stop: StageContext['stop'];
}

/** How often a rollout looks whether it must stop. */
const stopEveryMs = 50;

/**
 * One answer to each prompt. An answer depends on the policy, its prompt and the number of its sample,
 * not on what else is generated beside it.
 *
 * @param firstSample the number of the first prompt, counted over all rollouts
 * @returns undefined when it was told to stop
 */
export async function answerPrompts(
  { config, chat, models, weights, seed, stop }: AnswerOptions,
  prompts: readonly Uint32Array[],
  firstSample: number,
): Promise<Episode[] | undefined> {
  const { temperature, maxTokens, generationBatchSize } = config;
  const { tokenizer, template } = chat;
  const ended = new AbortController();
  const timer = setInterval(() => stop.isRequested && ended.abort(), stopEveryMs);
  const request = {
    ...{ temperature, maxTokens, stopTokens: template.stopTokens, signal: ended.signal },
    ...{ logprobs: true, seed: deriveSeed(seed, 'answers') },
  };
  weights.refresh();
  try {
    const generated = await generateTokens(
      models.policy,
      prompts.map((prompt, i) => ({ ...request, prompt, stream: firstSample + i })),
      { maxBatchSize: generationBatchSize, numTokens: tokenizer.vocabSize, weights },
    );
    if (stop.isRequested) return undefined;
    return generated.map((answer, i) => episodeOf(prompts[i] as Uint32Array, answer, chat));
  } finally {
    clearInterval(timer);
  }
}

function episodeOf(
  prompt: Uint32Array,
  { tokens, sampledLogprobs }: GeneratedTokens,
  { template }: ChatModel,
): Episode {
  // Another token that stops, such as the end of a text, is no end that the reward model knows.
  const finished = tokens.at(-1) === template.stopTokens[0];
  return { prompt, answer: tokens, finished, engineLogprobs: sampledLogprobs };
}
