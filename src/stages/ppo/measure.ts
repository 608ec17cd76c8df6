/** All models say what they think of the answers. Shapes: N tokens of the answers of a pass. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rewardsOf } from '../../model/index.ts';
import { type PackedAnswers, packedStates, tokenLogprobs } from '../../rl/index.ts';
import { noGrad, scope, type Tensor } from '../../tensor/index.ts';
import { batchOf, type Episode, type Minibatch } from './episodes.ts';
import { type ForwardPass, forwardPass, KeptPasses } from './forward-pass.ts';
import type { AnswerOptions } from './rollout.ts';

/** What the models say of an answer, one number for each token, and its score. */
export interface Measured {
  logprobs: Float32Array;
  entropies: Float32Array;
  referenceLogprobs: Float32Array;
  values: Float32Array;
  score: number;
}

type MeasureOptions = Omit<AnswerOptions, 'chat' | 'weights' | 'seed'>;

interface MeasuredRollout {
  /** By place. */
  measured: Measured[];
  /** Of the first minibatch, for its first step; the caller frees them. */
  kept: KeptPasses;
}

/**
 * Each model reads each answer once, in the passes in which the policy will learn from them.
 * @returns undefined when it was told to stop
 */
export async function measureEpisodes(
  options: MeasureOptions,
  episodes: readonly Episode[],
  minibatches: readonly Minibatch[],
): Promise<MeasuredRollout | undefined> {
  const { config, stop } = options;
  const measured: Measured[] = [];
  const kept = new KeptPasses(config);
  for (const [step, minibatch] of minibatches.entries()) {
    for (const places of minibatch) {
      await nextTurn();
      if (stop.isRequested) {
        kept.dispose();
        return undefined;
      }
      scope(() => {
        const batch = batchOf(episodes, places, config.device);
        const pass = kept.make(places, step === 0, (keeps) => forwardPass(options, batch, keeps));
        const sequences = places.map((place) => wholeOf(episodes[place] as Episode));
        const numbers = noGrad(() => judgePass(options, batch, sequences, pass));
        for (const [row, one] of byAnswer(numbers, batch.lengths).entries()) {
          measured[places[row] ?? 0] = one;
        }
      });
    }
  }
  return { measured, kept };
}

interface PassNumbers extends Omit<Measured, 'score'> {
  scores: Float32Array;
}

/** What the policy and the value function have said, with what the two others say. */
function judgePass(
  { config: { device }, models: { reference, rewardModel }, logprobOptions }: MeasureOptions,
  batch: PackedAnswers,
  sequences: readonly (readonly number[])[],
  { logprobs, entropies, values }: ForwardPass,
): PassNumbers {
  const states = packedStates(reference, batch);
  const { outputLayer } = reference;
  const ofReference = tokenLogprobs(states, outputLayer, batch.packedTokens, logprobOptions);
  return {
    ...{ logprobs: numbersOf(logprobs), entropies: numbersOf(entropies) },
    ...{ referenceLogprobs: numbersOf(ofReference), values: numbersOf(values) },
    scores: numbersOf(rewardsOf(rewardModel, sequences, device)),
  };
}

function wholeOf({ prompt, answer }: Episode): number[] {
  return [...prompt, ...answer];
}

function byAnswer(numbers: PassNumbers, lengths: readonly number[]): Measured[] {
  let end = 0;
  return lengths.map((length, row) => {
    const start = end;
    end += length;
    const part = (name: Exclude<keyof Measured, 'score'>) => numbers[name].slice(start, end);
    return {
      ...{ logprobs: part('logprobs'), entropies: part('entropies') },
      ...{ referenceLogprobs: part('referenceLogprobs'), values: part('values') },
      score: numbers.scores[row] ?? Number.NaN,
    };
  });
}

function numbersOf(values: Tensor): Float32Array {
  const exact = values.detach().to({ device: 'cpu', dtype: 'float32' });
  return exact.toTypedArray() as Float32Array;
}
