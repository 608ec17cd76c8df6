/**
 * LoRA: what fine-tuning adds to a matrix, as the product of two thin ones (Hu et al. 2021, arXiv
 * 2106.09685). Shapes: `*` any leading dimensions, I in, O out, R rank, S rows that are adapted.
 */
import { ConfigError } from '../base/index.ts';
import { type Dtype, dropout, noGrad, scope, type Tensor } from '../tensor/index.ts';
import { checkCounts, checkProbability } from './check.ts';
import { derived, parameter } from './fields.ts';
import { linearDefault, onDevice, zero } from './init.ts';
import type { Linear } from './linear.ts';
import { linearIn } from './linear-in.ts';
import { Module } from './module.ts';

export interface LowRankConfig {
  /** R, the rank of the update. */
  rank: number;
  /** The update is scaled by alpha / rank. Default: 2 · rank. */
  alpha?: number;
  /** Of the input of the adapter, while training. Default: 0. */
  dropout?: number;
  /** Scales by alpha / √rank instead (rsLoRA, Kalajdzievski 2023, arXiv 2312.03732). Default: false. */
  rankStabilized?: boolean;
}

/** Rows of a Linear that are a layer of their own elsewhere, such as the queries of three in one. */
export interface LinearPart {
  linear: Linear;
  /** The first row. */
  start: number;
  /** S */
  numRows: number;
}

/** ΔW = scale · B A, for some or all rows of one Linear. */
export class LowRankAdapter extends Module {
  readonly loraA: Tensor; // [R, I]
  readonly loraB: Tensor; // [S, R]
  readonly config: Readonly<Required<LowRankConfig>>;
  readonly start: number;
  readonly numRows: number;
  /** The rows as they were, [S, I], while the update is merged into them. */
  replaced: Tensor | null = null;

  /**
   * A is drawn as PyTorch draws a Linear (Kaiming-uniform with a = √5), B is zero: at first nothing
   * changes. Draws from the default generator: seed it first.
   */
  constructor({ linear: { weight }, start, numRows }: LinearPart, config: LowRankConfig) {
    super();
    const { rank, alpha = 2 * rank, dropout = 0, rankStabilized = false } = config;
    checkConfig({ rank, alpha, dropout });
    this.config = { rank, alpha, dropout, rankStabilized };
    this.start = start;
    this.numRows = numRows;
    const inFeatures = weight.size(1);
    const [a, b] = onDevice(weight.device, () => [
      linearDefault(inFeatures)([rank, inFeatures]),
      zero([numRows, rank]),
    ]);
    this.loraA = parameter(a);
    this.loraB = parameter(b);
  }

  get scale(): number {
    const { rank, alpha, rankStabilized } = this.config;
    return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
  }

  /** x_*I → [*, S], what the rows add to the result, multiplied in `dtype`. */
  forward(x: Tensor, dtype: Dtype): Tensor {
    const dropped = dropout(x.to({ dtype }), this.config.dropout, this.training);
    const narrow = linearIn(dtype, dropped, this.loraA).mul(this.scale);
    return linearIn(dtype, narrow, this.loraB);
  }
}

/** Puts an adapter on rows of a Linear. */
export function adaptLinear(part: LinearPart, config: LowRankConfig): LowRankAdapter {
  const adapter = new LowRankAdapter(part, config);
  part.linear.adapters.push(adapter);
  return adapter;
}

/** Adds the updates into the weight. What it was is kept, so that unmerging is exact. */
export function mergeAdapters(linear: Linear): void {
  noGrad(() =>
    scope(() => {
      for (const adapter of linear.adapters) {
        if (adapter.replaced !== null) continue;
        const rows = rowsOf(linear, adapter);
        adapter.replaced = derived(rows.clone());
        rows.add_(adapter.loraB.matmul(adapter.loraA).mul(adapter.scale));
      }
    }),
  );
}

/** Gives the weight back the very values that it had before {@link mergeAdapters}. */
export function unmergeAdapters(linear: Linear): void {
  noGrad(() =>
    scope(() => {
      for (const adapter of linear.adapters) {
        if (adapter.replaced === null) continue;
        rowsOf(linear, adapter).copy_(adapter.replaced);
        adapter.replaced.dispose();
        adapter.replaced = null;
      }
    }),
  );
}

/** Takes the adapters away and frees them; the weight stays as it is, merged or not. */
export function removeAdapters(linear: Linear): void {
  for (const adapter of linear.adapters.splice(0)) adapter.dispose();
}

function checkConfig({ rank, alpha, dropout }: Omit<Required<LowRankConfig>, 'rankStabilized'>) {
  checkCounts('LowRankAdapter', { rank });
  checkProbability('LowRankAdapter.dropout', dropout);
  if (alpha > 0 && alpha < Infinity) return;
  const must = 'be above 0 and finite';
  throw new ConfigError({ what: 'LowRankAdapter.alpha', must, got: String(alpha) });
}

function rowsOf({ weight }: Linear, { start, numRows }: LowRankAdapter): Tensor {
  return weight.detach().narrow(0, start, numRows);
}
