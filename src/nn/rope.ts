/**
 * Rotary position embedding (Su et al. 2021, arXiv 2104.09864, eq. 34), in the layout of LLaMA's
 * Hugging Face weights: element i is rotated with element i + D/2.
 *
 * Shapes: B batch, H heads, T positions, D head size.
 */
import {
  arange,
  cat,
  embedding,
  empty,
  rotateHalves,
  scope,
  type Tensor,
} from '../tensor/index.ts';
import { checkCounts, checkDivides, checkPositions } from './check.ts';
import { derived } from './fields.ts';
import { initDevice } from './init.ts';
import { Module } from './module.ts';

export interface RopeConfig {
  headSize: number;
  contextLength: number;
  /** The slowest angle turns once in about 2π·base positions. Default: 10,000. */
  base?: number;
}

/** What {@link rotate} multiplies with: [T, D], or [B, 1, T, D] where rows differ. */
export interface Rotation {
  cos: Tensor;
  sin: Tensor;
}

export class Rope extends Module {
  readonly contextLength: number;
  readonly cos: Tensor; // [T, D]
  readonly sin: Tensor; // [T, D]

  constructor({ headSize, contextLength, base = 10_000 }: RopeConfig) {
    super();
    checkCounts('Rope', { headSize, contextLength });
    checkDivides(['Rope.headSize', headSize], ['a pair', 2]);
    this.contextLength = contextLength;
    const [cos, sin] = scope(() => angleTables(headSize, contextLength, base));
    this.cos = derived(cos);
    this.sin = derived(sin);
  }

  /** x_BHTD → [B, H, T, D], its first position being number `start` of the context. */
  forward(x: Tensor, start = 0): Tensor {
    return rotate(x, this.rotation(x.size(-2), start));
  }

  /** The rotation of `length` positions from number `start` on. A model can share it by layers. */
  rotation(length: number, start = 0): Rotation {
    checkPositions(start, length, this.contextLength);
    const part = (table: Tensor) => table.narrow(0, start, length);
    return { cos: part(this.cos), sin: part(this.sin) };
  }

  /**
   * The rotation of rows that stand at different places.
   * @param positions int64[B, T], each below contextLength
   */
  rotationAt(positions: Tensor): Rotation {
    const gather = (table: Tensor) => embedding(table, positions).unsqueeze(1);
    return { cos: gather(this.cos), sin: gather(this.sin) };
  }
}

/** Rotates pairs of elements of x_BHTD, in its dtype. */
export function rotate(x: Tensor, { cos, sin }: Rotation): Tensor {
  return rotateHalves(x, cos, sin);
}

/** cos and sin of position · base^(-2i/D), each [T, D]. */
function angleTables(headSize: number, length: number, base: number): [Tensor, Tensor] {
  const device = initDevice();
  if (device === 'meta')
    return [0, 1].map(() => empty([length, headSize], { device })) as [Tensor, Tensor];
  const exponents = arange(0, headSize, 2, { dtype: 'float64' }).div(-headSize);
  const frequencies = exponents.mul(Math.log(base)).exp();
  const angles = arange(length, { dtype: 'float64' }).outer(frequencies); // [T, D/2]
  const both = cat([angles, angles], -1);
  const to = { dtype: 'float32', device } as const;
  return [both.cos().to(to), both.sin().to(to)];
}
