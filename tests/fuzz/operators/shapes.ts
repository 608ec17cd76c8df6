/** Shapes that fit together often enough for a call to get past the checks and into the kernels. */
import type { SeededRandom } from '../../../src/base/index.ts';

/**
 * Shapes of the tensor arguments of operators that are picky about them, in the order of the schema; a
 * letter is one size within a case, w always 16.
 */
const recipes: Record<string, readonly string[]> = {
  mm: ['ab', 'bc'],
  matmul: ['nab', 'nbc'],
  bmm: ['nab', 'nbc'],
  addmm: ['ac', 'ab', 'bc'],
  addmm_: ['ac', 'ab', 'bc'],
  baddbmm: ['nac', 'nab', 'nbc'],
  mv: ['ab', 'b'],
  dot: ['a', 'a'],
  outer: ['a', 'b'],
  t: ['ab'],
  linear: ['nab', 'cb', 'c'],
  conv1d: ['nab', 'cak', 'c'],
  embedding: ['ab', 'nc'],
  layer_norm: ['nab', 'b', 'b'],
  rms_norm: ['nab', 'b'],
  scaled_dot_product_attention: ['xnab', 'xncb', 'xncb', 'ac'],
  linear_cross_entropy: ['ab', 'cb', 'a'],
  fused_rms_norm: ['nab', 'b'],
  rotate_halves: ['xnab', 'ab', 'ab'],
  swiglu: ['nab', 'nab'],
  attention_apart: ['nab', 'nab', 'nab'],
  cache_attention: ['nab', 'nakb', 'nakb', 'n'],
  cache_put_: ['nakb', 'c', 'c', 'cab'],
  packed_linear: ['nab', 'xbw'],
  pack_linear_: ['nbw', 'ab'],
  draw_tokens: ['ab', 'a'],
  token_logprobs: ['ab', 'a'],
  cross_entropy_loss: ['ab', 'a', 'b'],
  nll_loss: ['ab', 'a', 'b'],
  bincount: ['a', 'a'],
  index_select: ['ab', 'c'],
  index_add: ['ab', 'a', 'ab'],
  index_add_: ['ab', 'a', 'ab'],
  index_copy_: ['ab', 'a', 'ab'],
  searchsorted: ['ab', 'ac', 'ab'],
  bucketize: ['ab', 'c'],
  multinomial: ['ab'],
  repeat_interleave: ['ab', 'a'],
};

const sizes = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 16, 17, 33];

/** The sizes of one case: tensors made for it share them. */
export class ShapeMaker {
  readonly #random: SeededRandom;
  readonly #sizeOf: Map<string, number>;
  readonly base: readonly number[];

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#sizeOf = new Map([...'abcknx'].map((letter) => [letter, random.pick(sizes)]));
    this.#sizeOf.set('w', 16);
    this.base = Array.from({ length: random.int(4) }, () => random.pick(sizes));
  }

  /** For the tensor argument at `position` of an operator, or for any tensor. */
  shape(operator?: string, position = 0): number[] {
    const recipe = recipes[operator?.replace(/^.*::|\..*$/g, '') ?? '']?.[position];
    if (recipe !== undefined && this.#random.next() < 0.8) return this.#fromRecipe(recipe);
    return this.#related();
  }

  #fromRecipe(recipe: string): number[] {
    const shape = [...recipe].map((letter) => this.#sizeOf.get(letter) ?? 1);
    if (this.#random.next() > 0.1) return shape;
    const changed = this.#random.int(shape.length);
    return shape.map((size, i) => (i === changed ? this.#random.pick(sizes) : size));
  }

  /** The base shape of the case, or one like it. */
  #related(): number[] {
    const { base } = this;
    const draw = this.#random.next();
    if (draw < 0.65) return [...base];
    if (draw < 0.72) return base.map((size) => (this.#random.next() < 0.5 ? 1 : size));
    if (draw < 0.79) return base.slice(1);
    if (draw < 0.85) return base.toReversed();
    if (draw < 0.86) return Array.from({ length: 30 + this.#random.int(70) }, () => 1);
    return Array.from({ length: this.#random.int(6) }, () => this.#random.pick([0, 1, 2, 3, 5]));
  }
}
