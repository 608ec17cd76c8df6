/**
 * Muon: momentum whose matrices are made orthogonal (Jordan et al. 2024,
 * kellerjordan.github.io/posts/muon; Liu et al. 2025, "Muon is scalable for LLM training",
 * arXiv 2502.16982). For weight matrices of hidden layers; embeddings, output layers and vectors
 * go to AdamW, see `OptimizerChain`.
 */
import { ConfigError } from '../base/index.ts';
import { copyState } from '../nn/index.ts';
import { type Dtype, keep, noGrad, scope, type Tensor } from '../tensor/index.ts';
import type { Optimizer } from './optimizer.ts';
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
  /** What the iteration multiplies in. Default: bfloat16, whose rounding it tolerates. */
  computeDtype?: Dtype;
}

interface Slot {
  name: string;
  parameter: Tensor;
  momentum: Tensor;
  learningRateScale: number;
  weightDecay: number;
}

/** Coefficients of the quintic iteration: steepest at zero (Jordan et al. 2024). */
const [a, b, c] = [3.4445, -4.775, 2.0315];

export class Muon implements Optimizer {
  readonly #config: Required<MuonConfig>;
  readonly #slots: Slot[];

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
  }

  get parameters(): Map<string, Tensor> {
    return new Map(this.#slots.map(({ name, parameter }) => [name, parameter]));
  }

  step(learningRate: number): void {
    checkNotNegative('learningRate', learningRate);
    for (const slot of this.#slots) scope(() => noGrad(() => this.#update(slot, learningRate)));
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

  #update(slot: Slot, learningRate: number): void {
    const { parameter, momentum } = slot;
    const gradient = parameter.grad;
    if (gradient === null) return;
    momentum.lerp_(gradient, 1 - this.#config.momentum);
    const ahead = this.#config.nesterov ? gradient.lerp(momentum, this.#config.momentum) : momentum;
    const direction = orthogonalize(ahead, this.#config.numIterations, this.#config.computeDtype);
    const rate = learningRate * slot.learningRateScale;
    parameter.mul_(1 - rate * slot.weightDecay);
    parameter.add_(direction, { alpha: -rate * this.#shapeFactor(parameter) });
  }

  #shapeFactor(parameter: Tensor): number {
    const [rows, columns] = parameter.shape as [number, number];
    if (this.#config.scaling === 'original') return Math.sqrt(Math.max(1, rows / columns));
    return 0.2 * Math.sqrt(Math.max(rows, columns));
  }
}

/**
 * About U Vᵀ of the singular value decomposition U S Vᵀ of a matrix: its singular values become
 * 0.7 to 1.2. The iteration X ← aX + (bA + cA²)X with A = X Xᵀ works on the smaller side.
 */
export function orthogonalize(matrix: Tensor, numIterations: number, dtype: Dtype): Tensor {
  const isTall = matrix.size(0) > matrix.size(1);
  let x = (isTall ? matrix.t() : matrix).to({ dtype });
  x = x.div(x.linalgVectorNorm().clampMin(1e-7));
  for (let i = 0; i < numIterations; i++) {
    const gram = x.mm(x.t());
    const polynomial = gram.addmm(gram, gram, { beta: b, alpha: c });
    x = x.addmm(polynomial, x, { beta: a });
  }
  return (isTall ? x.t() : x).to({ dtype: matrix.dtype });
}

function makeSlots(group: ParameterGroup, weightDecay: number): Slot[] {
  return [...group.parameters].map(([name, parameter]) => {
    if (parameter.dim !== 2) {
      throw new ConfigError({
        what: `parameter ${name} of Muon`,
        must: 'be a matrix',
        got: `shape [${parameter.shape.join(', ')}]`,
        hint: 'give it to AdamW instead, see OptimizerChain',
      });
    }
    return {
      name,
      parameter,
      momentum: noGrad(() => keep(parameter.zerosLike())),
      learningRateScale: group.learningRateScale ?? 1,
      weightDecay: group.weightDecay ?? weightDecay,
    };
  });
}
