/**
 * Muon: momentum whose matrices are made orthogonal (Jordan et al. 2024,
 * kellerjordan.github.io/posts/muon; Liu et al. 2025, "Muon is scalable for LLM training",
 * arXiv 2502.16982). For weight matrices of hidden layers; embeddings, output layers and vectors
 * go to AdamW, see `OptimizerChain`.
 */
import { copyState } from '../nn/index.ts';
import { type Dtype, noGrad, scope, stack, type Tensor } from '../tensor/index.ts';
import { type MuonSlot, makeSlots, stacksOf } from './muon-slots.ts';
import type { Optimizer } from './optimizer.ts';
import { orthogonalize } from './orthogonalize.ts';
import { checkGroups, checkNotNegative, type ParameterGroup } from './parameter-group.ts';

export interface MuonConfig {
  /** Default: 0.95. */
  momentum?: number;
  /** Looks one step ahead along the momentum. Default: true. */
  nesterov?: boolean;
  /** For groups that do not say. Default: 0.1. */
  weightDecay?: number;
  /** Newton–Schulz iterations. Default: 5. */
  numIterations?: number;
  /**
   * How a step grows with the shape [rows, columns]: `original` √max(1, rows/columns);
   * `matchAdamW` 0.2·√max(rows, columns), so that a rate chosen for AdamW serves both. Default:
   * matchAdamW.
   */
  scaling?: 'original' | 'matchAdamW';
  /**
   * What the iteration multiplies in. Default: bfloat16, whose rounding it tolerates; slow on a CPU
   * that has no instructions for it.
   */
  computeDtype?: Dtype;
}

export class Muon implements Optimizer {
  readonly #config: Required<MuonConfig>;
  readonly #slots: MuonSlot[];
  /** Of one shape each. */
  readonly #stacks: MuonSlot[][];

  /** @throws ConfigError for a parameter that is no matrix, empty groups, numbers out of range. */
  constructor(groups: readonly ParameterGroup[], config: MuonConfig = {}) {
    this.#config = {
      momentum: 0.95,
      nesterov: true,
      weightDecay: 0.1,
      numIterations: 5,
      scaling: 'matchAdamW',
      computeDtype: 'bfloat16',
      ...config,
    };
    checkNotNegative('Muon.momentum', this.#config.momentum);
    checkNotNegative('Muon.weightDecay', this.#config.weightDecay);
    checkGroups(groups);
    this.#slots = groups.flatMap((group) => makeSlots(group, this.#config.weightDecay));
    this.#stacks = stacksOf(this.#slots);
  }

  get parameters(): Map<string, Tensor> {
    return new Map(this.#slots.map(({ name, parameter }) => [name, parameter]));
  }

  step(learningRate: number): void {
    checkNotNegative('learningRate', learningRate);
    for (const slots of this.#stacks) scope(() => noGrad(() => this.#update(slots, learningRate)));
  }

  zeroGrad(): void {
    for (const { parameter } of this.#slots) parameter.grad = null;
  }

  stateDict(): Map<string, Tensor> {
    return new Map(this.#slots.map(({ name, momentum }) => [`${name}.momentum`, momentum]));
  }

  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    copyState(this.stateDict(), state);
  }

  dispose(): void {
    for (const { momentum } of this.#slots) momentum.dispose();
  }

  #update(slots: readonly MuonSlot[], learningRate: number): void {
    const used = slots.filter(({ parameter }) => parameter.grad !== null);
    if (used.length === 0) return;
    const ahead = stack(used.map((slot) => this.#ahead(slot)));
    const { numIterations, computeDtype } = this.#config;
    const directions = orthogonalize(ahead, numIterations, computeDtype);
    for (const [i, { parameter, learningRateScale, weightDecay }] of used.entries()) {
      const rate = learningRate * learningRateScale;
      parameter.mul_(1 - rate * weightDecay);
      const alpha = -rate * this.#shapeFactor(parameter);
      parameter.add_(directions.select(0, i), { alpha });
    }
  }

  /** The momentum, brought up to date, or where it leads to. */
  #ahead({ parameter, momentum }: MuonSlot): Tensor {
    const gradient = parameter.grad as Tensor;
    momentum.lerp_(gradient, 1 - this.#config.momentum);
    return this.#config.nesterov ? gradient.lerp(momentum, this.#config.momentum) : momentum;
  }

  #shapeFactor(parameter: Tensor): number {
    const [rows, columns] = parameter.shape as [number, number];
    if (this.#config.scaling === 'original') return Math.sqrt(Math.max(1, rows / columns));
    return 0.2 * Math.sqrt(Math.max(rows, columns));
  }
}
