/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, arXiv 1711.05101, algorithm 2), in
 * LibTorch's fused kernel: one call for all parameters of a group.
 */

import { copyState } from '../nn/index.ts';
import { foreachAdd_, fusedAdamw_, keep, noGrad, type Tensor, tensor } from '../tensor/index.ts';
import type { Optimizer } from './optimizer.ts';
import { checkGroups, checkNotNegative, type ParameterGroup } from './parameter-group.ts';

export interface AdamWConfig {
  /** Decay rates of the two moments. Default: [0.9, 0.95], as GPT-3. */
  betas?: readonly [number, number];
  /** Default: 1e-8. */
  epsilon?: number;
  /** For groups that do not say. Default: 0.1. */
  weightDecay?: number;
}

interface Slot {
  name: string;
  parameter: Tensor;
  firstMoment: Tensor;
  secondMoment: Tensor;
  /** float32 scalar: how often this parameter was changed. */
  step: Tensor;
}

export class AdamW implements Optimizer {
  readonly #config: Required<AdamWConfig>;
  readonly #groups: { slots: Slot[]; learningRateScale: number; weightDecay: number }[];

  /** @throws ConfigError for empty groups, parameters in two groups and numbers out of range. */
  constructor(groups: readonly ParameterGroup[], config: AdamWConfig = {}) {
    this.#config = { betas: [0.9, 0.95], epsilon: 1e-8, weightDecay: 0.1, ...config };
    checkConfig(this.#config);
    checkGroups(groups);
    this.#groups = groups.map((group) => ({
      slots: [...group.parameters].map(([name, parameter]) => makeSlot(name, parameter)),
      learningRateScale: group.learningRateScale ?? 1,
      weightDecay: group.weightDecay ?? this.#config.weightDecay,
    }));
  }

  get parameters(): Map<string, Tensor> {
    return new Map(this.#slots().map(({ name, parameter }) => [name, parameter]));
  }

  step(learningRate: number): void {
    checkNotNegative('learningRate', learningRate);
    noGrad(() => {
      for (const { slots, learningRateScale, weightDecay } of this.#groups) {
        this.#update(slots, learningRate * learningRateScale, weightDecay);
      }
    });
  }

  zeroGrad(): void {
    for (const { parameter } of this.#slots()) parameter.grad = null;
  }

  stateDict(): Map<string, Tensor> {
    return new Map(
      this.#slots().flatMap(({ name, firstMoment, secondMoment, step }): [string, Tensor][] => [
        [`${name}.firstMoment`, firstMoment],
        [`${name}.secondMoment`, secondMoment],
        [`${name}.step`, step],
      ]),
    );
  }

  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    copyState(this.stateDict(), state);
  }

  dispose(): void {
    for (const state of this.stateDict().values()) state.dispose();
  }

  #slots(): Slot[] {
    return this.#groups.flatMap(({ slots }) => slots);
  }

  #update(slots: readonly Slot[], learningRate: number, weightDecay: number): void {
    const { betas, epsilon } = this.#config;
    const gradients = slots.map(({ parameter }) => parameter.grad);
    const changed = slots.filter((_, i) => gradients[i] !== null);
    if (changed.length === 0) return;
    const steps = changed.map(({ step }) => step);
    foreachAdd_(steps, 1);
    fusedAdamw_(
      changed.map(({ parameter }) => parameter),
      gradients.filter((gradient) => gradient !== null),
      changed.map(({ firstMoment }) => firstMoment),
      changed.map(({ secondMoment }) => secondMoment),
      [],
      steps,
      {
        lr: learningRate,
        beta1: betas[0],
        beta2: betas[1],
        weightDecay,
        eps: epsilon,
        amsgrad: false,
        maximize: false,
      },
    );
    for (const gradient of gradients) gradient?.dispose();
  }
}

function makeSlot(name: string, parameter: Tensor): Slot {
  return noGrad(() => ({
    name,
    parameter,
    firstMoment: keep(parameter.zerosLike()),
    secondMoment: keep(parameter.zerosLike()),
    step: keep(tensor(0, { device: parameter.device })),
  }));
}

function checkConfig({ betas, epsilon, weightDecay }: Required<AdamWConfig>): void {
  checkNotNegative('AdamW.weightDecay', weightDecay);
  checkNotNegative('AdamW.epsilon', epsilon);
  for (const [i, beta] of betas.entries()) {
    checkNotNegative(`AdamW.betas[${i}]`, beta < 1 ? beta : Number.NaN);
  }
}
