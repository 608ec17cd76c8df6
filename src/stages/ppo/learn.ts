/** One step of the optimizer: what a minibatch of answers, and the text of pre-training, teach. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StageContext } from '../../base/index.ts';
import { clipGradNorm, NonFiniteGradientError, type Optimizer } from '../../optim/index.ts';
import {
  addPretrainGradient,
  backwardThroughLogprobs,
  checkStepZero,
  measureStepZero,
  type PackedAnswers,
  type PolicyTerms,
  packedStates,
  policyLoss,
  type RatioSigns,
  type RolloutRecord,
  ratioSigns,
  type StepSigns,
  stepZeroLimits,
  type TokenLogprobOptions,
  valueLoss,
} from '../../rl/index.ts';
import { ones, scope, type Tensor, tensor } from '../../tensor/index.ts';
import type { PretrainText } from '../training/index.ts';
import type { FullPpoConfig } from './config.ts';
import { batchOf, type Episode, type Minibatch } from './episodes.ts';
import type { KeptPasses } from './forward-pass.ts';
import type { PpoModels } from './roles.ts';

/** What a step learns with. */
export interface Learning {
  config: FullPpoConfig;
  models: PpoModels;
  logprobOptions: TokenLogprobOptions;
  optimizers: Record<'policy' | 'value', Optimizer>;
  /** Null without a mix. */
  text: PretrainText | null;
  stop: StageContext['stop'];
}

/** What a step is made from. */
export interface StepInputs {
  episodes: readonly Episode[];
  records: readonly RolloutRecord[];
  minibatch: Minibatch;
  /** Passes of the first minibatch, from before the first step. */
  kept: KeptPasses;
  /** Of the examples of pre-training. */
  firstWindow: number;
  /** Whether no step was made before, so that the ratios must be 1. */
  isFirst: boolean;
}

/** What a step showed before the weights change. */
export interface StepOutcome {
  /** What the guards look at. */
  signs: StepSigns;
  approximateKl: number;
  /** Nats a token; NaN without a mix. */
  pretrainLoss: number;
}

/**
 * Adds the gradients of all losses and clips them; the caller judges what came out, and makes the step.
 * @returns undefined when it was told to stop
 */
export async function addGradients(
  learning: Learning,
  inputs: StepInputs,
): Promise<StepOutcome | undefined> {
  const { config, models, text, stop } = learning;
  const { minibatch, records } = inputs;
  const lengthAt = (place: number) => records[place]?.logprobs.length ?? 0;
  const lengthOf = (places: readonly number[]) =>
    places.reduce((sum, place) => sum + lengthAt(place), 0);
  const numTokens = minibatch.reduce((sum, places) => sum + lengthOf(places), 0);
  const sums = { policyLoss: 0, valueLoss: 0, ratioMean: 0, clipFraction: 0, approximateKl: 0 };
  for (const places of minibatch) {
    await nextTurn();
    if (stop.isRequested) return undefined;
    const share = lengthOf(places) / numTokens;
    const part = scope(() => learnPass(learning, inputs, places, share));
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += share * part[name];
  }
  const pretrainLoss = text === null ? Number.NaN : await addText(learning, text, inputs);
  if (pretrainLoss === undefined) return undefined;
  const norms = [models.policy, models.valueModel].map((model) =>
    clippedNorm(model.parameters(), config.clipNorm),
  );
  const { approximateKl, ...signs } = { ...sums, gradNorm: Math.hypot(...norms) };
  return { signs, approximateKl, pretrainLoss };
}

/** Both losses of one pass, by their share of the tokens of the step. */
function learnPass(
  { config, models, logprobOptions }: Learning,
  { episodes, records, kept, isFirst }: StepInputs,
  places: readonly number[],
  share: number,
): StepSums {
  const { policy, valueModel } = models;
  const { clip, valueClip, device } = config;
  const batch = batchOf(episodes, places, device);
  const { oldValues, returns, ...terms } = termsOf(
    places.map((place) => records[place]),
    batch,
  );
  const seen: { signs?: RatioSigns } = {};
  const loss = (logprobs: Tensor): Tensor => {
    if (isFirst) checkRatios({ ...terms, logprobs });
    seen.signs = ratioSigns({ ...terms, logprobs }, { clip });
    return policyLoss({ ...terms, logprobs }, { clip }).mul(share);
  };
  const pass = kept.of(places);
  const states = pass?.states ?? packedStates(policy, batch);
  const given = [states, policy.outputLayer, batch.packedTokens, loss, logprobOptions] as const;
  const policyPart = backwardThroughLogprobs(...given, pass?.logprobs);
  const values = pass?.values ?? valueModel.forward(packedStates(valueModel.gpt, batch));
  const ofValues = { values, oldValues, returns, mask: terms.mask };
  const valuePart = valueLoss(ofValues, { clip: valueClip });
  valuePart.mul(share).backward();
  kept.drop(places);
  return { policyLoss: policyPart / share, valueLoss: valuePart.item(), ...seen.signs } as StepSums;
}

/** What the losses look at, [N] each, beside what the models say now. */
function termsOf(records: readonly (RolloutRecord | undefined)[], { packedTokens }: PackedAnswers) {
  const { device } = packedTokens;
  const column = (name: 'logprobs' | 'advantages' | 'values' | 'returns') =>
    tensor(Float32Array.from(records.flatMap((record) => record?.[name] ?? [])), { device });
  return {
    ...{ oldLogprobs: column('logprobs'), advantages: column('advantages') },
    ...{ oldValues: column('values'), returns: column('returns') },
    mask: ones([packedTokens.size(0)], { dtype: 'bool', device }),
  };
}

type StepSums = RatioSigns & Pick<StepSigns, 'policyLoss' | 'valueLoss'>;

/** Nothing was learned since the answers were measured, by the same passes. */
function checkRatios({ logprobs, oldLogprobs: otherLogprobs, mask }: PolicyTerms): void {
  const measured = measureStepZero({ logprobs, otherLogprobs, mask });
  checkStepZero('ratios before the first step', measured, stepZeroLimits.samePath);
}

/** The pre-training mix: its gradient joins the policy's. @returns the mean loss, in nats a token */
async function addText(
  { config, models: { policy }, stop }: Learning,
  { windows }: PretrainText,
  { firstWindow }: StepInputs,
): Promise<number | undefined> {
  const { gamma, ratio } = config.pretrainMix ?? { gamma: 0, ratio: 1 };
  const numWindows = windowsOfStep(config.minibatchSize, ratio);
  const size = Math.min(numWindows, config.microBatchSize);
  let lossSum = 0;
  for (let done = 0; done < numWindows; done += size) {
    await nextTurn();
    if (stop.isRequested) return undefined;
    const numRows = Math.min(size, numWindows - done);
    lossSum += scope(() => {
      const { tokens, targets } = windows.batchAt(firstWindow + done, numRows);
      const loss = policy.loss(tokens, targets);
      addPretrainGradient(loss, gamma, numWindows / numRows);
      return loss.item() * numRows;
    });
  }
  return lossSum / numWindows;
}

/** Examples of pre-training beside the answers of one step; at least one. */
export function windowsOfStep(minibatchSize: number, ratio: number): number {
  return Math.max(1, Math.round(minibatchSize * ratio));
}

/** NaN when a gradient is not finite. */
function clippedNorm(parameters: ReadonlyMap<string, Tensor>, maxNorm: number): number {
  try {
    return clipGradNorm(parameters, maxNorm);
  } catch (error) {
    if (error instanceof NonFiniteGradientError) return Number.NaN;
    throw error;
  }
}
