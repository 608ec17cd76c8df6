/** LoRA on the linear layers of a model, and what becomes of it. */
import { ConfigError } from '../../base/index.ts';
import {
  adaptLinear,
  Linear,
  mergeAdapters,
  removeAdapters,
  unmergeAdapters,
} from '../../nn/index.ts';
import type { Gpt } from '../gpt.ts';
import { findTargets, type LoraConfig } from './lora-config.ts';

/**
 * Freezes a model and puts adapters on its linear layers, one for each matrix that `transformers`
 * has, be it rows of one of ours. At first they change nothing. `trainableParameters` of the model
 * are then those of the adapters alone, and of the embeddings where the config says so. Draws from
 * the default generator: seed it first. Build the optimizer after, not before.
 *
 * @throws ConfigError for a target that the model does not have, numbers out of range, and a model
 *   that has adapters already.
 */
export function addLora(model: Gpt, config: LoraConfig): void {
  if (hasLora(model)) {
    const got = 'one that has adapters already';
    const hint = 'merge these first, or take them away: mergeLora, removeLora';
    throw new ConfigError({
      what: 'the model for LoRA',
      must: 'be one without adapters',
      got,
      hint,
    });
  }
  const parts = findTargets(model, config.targets);
  const { targets: _, trainEmbeddings = false, ...lowRank } = config;
  for (const parameter of model.parameters().values()) parameter.requiresGrad = false;
  try {
    for (const part of parts.values()) adaptLinear(part, lowRank);
  } catch (error) {
    removeLora(model);
    throw error;
  }
  if (!trainEmbeddings) return;
  model.tokenEmbedding.weight.requiresGrad = true;
  model.outputLayer.weight.requiresGrad = true;
}

export function hasLora(model: Gpt): boolean {
  return linearsOf(model).some(({ adapters }) => adapters.length > 0);
}

/**
 * Adds the adapters' updates into the weights: the model computes the same, without the cost of
 * adapters. They stay, switched off, so that {@link unmergeLora} can undo it; {@link removeLora}
 * makes it last.
 */
export function mergeLora(model: Gpt): void {
  for (const linear of linearsOf(model)) mergeAdapters(linear);
}

/** Undoes {@link mergeLora}, to the last bit: training goes on as if nothing had been. */
export function unmergeLora(model: Gpt): void {
  for (const linear of linearsOf(model)) unmergeAdapters(linear);
}

/**
 * Takes the adapters away and frees them: a merged model keeps their updates, any other is the base
 * again (but for embeddings that were trained). All parameters can be trained after it.
 */
export function removeLora(model: Gpt): void {
  for (const linear of linearsOf(model)) removeAdapters(linear);
  for (const parameter of model.parameters().values()) parameter.requiresGrad = true;
}

function linearsOf(model: Gpt): Linear[] {
  return [...model.modules()].filter((part) => part instanceof Linear);
}
