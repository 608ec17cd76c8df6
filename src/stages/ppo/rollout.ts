/**
 * The policy answers, and all models say what they think of it. A rollout is a pure function of the
 * weights, the price of KL and the number of its first prompt: one that was interrupted is made again,
 * to the same bits, and needs no place in a checkpoint.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deriveSeed, type Seed, type StageContext } from '../../base/index.ts';
import {
  type GeneratedTokens,
  generateTokens,
  type InferenceWeights,
} from '../../generate/index.ts';
import {
  type AnswerBatch,
  logprobsAndEntropies,
  packedStates,
  type TokenLogprobOptions,
  tokenLogprobs,
} from '../../rl/index.ts';
import { noGrad, scope, type Tensor } from '../../tensor/index.ts';
import type { ChatModel } from '../training/index.ts';
import type { FullPpoConfig } from './config.ts';
import { batchOf, type Episode, type Minibatch, sequenceLengths } from './episodes.ts';
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

/** What the models say of an answer, one number for each token, and its score. */
export interface Measured {
  logprobs: Float32Array;
  entropies: Float32Array;
  referenceLogprobs: Float32Array;
  values: Float32Array;
  score: number;
}

type MeasureOptions = Omit<AnswerOptions, 'chat' | 'weights' | 'seed'>;

/**
 * Each model reads each answer once, in the passes in which the policy will learn from them.
 * @returns by place; undefined when it was told to stop
 */
export async function measureEpisodes(
  { config, models, logprobOptions: options, stop }: MeasureOptions,
  episodes: readonly Episode[],
  minibatches: readonly Minibatch[],
): Promise<Measured[] | undefined> {
  const measured: Measured[] = [];
  for (const places of minibatches.flat()) {
    await nextTurn();
    if (stop.isRequested) return undefined;
    noGrad(() =>
      scope(() => {
        const batch = batchOf(episodes, places, config.device);
        const numbers = measurePass(models, batch, sequenceLengths(episodes, places), options);
        let start = 0;
        for (const [row, place] of places.entries()) {
          const end = start + (batch.lengths[row] ?? 0);
          const part = (name: Exclude<keyof typeof numbers, 'scores'>) =>
            numbers[name].slice(start, end);
          measured[place] = {
            ...{ logprobs: part('logprobs'), entropies: part('entropies') },
            ...{ referenceLogprobs: part('referenceLogprobs'), values: part('values') },
            score: numbers.scores[row] ?? Number.NaN,
          };
          start = end;
        }
      }),
    );
  }
  return measured;
}

function measurePass(
  { policy, reference, rewardModel, valueModel }: PpoModels,
  batch: AnswerBatch,
  lengths: readonly number[],
  options: TokenLogprobOptions,
) {
  const { sequences, packedTokens } = batch;
  const states = packedStates(policy.forward(sequences), batch);
  const own = logprobsAndEntropies(states, policy.outputLayer, packedTokens, options);
  const referenceLogprobs = tokenLogprobs(
    packedStates(reference.forward(sequences), batch),
    reference.outputLayer,
    packedTokens,
    options,
  );
  const values = valueModel.forward(packedStates(valueModel.gpt.forward(sequences), batch));
  return {
    ...{ logprobs: numbersOf(own.logprobs), entropies: numbersOf(own.entropies) },
    ...{ referenceLogprobs: numbersOf(referenceLogprobs), values: numbersOf(values) },
    scores: numbersOf(rewardModel.score(sequences, lengths)),
  };
}

function numbersOf(values: Tensor): Float32Array {
  return values.to({ device: 'cpu', dtype: 'float32' }).toTypedArray() as Float32Array;
}
