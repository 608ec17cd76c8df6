/** Operators of decoding in float32 against LibTorch's in float64. */
import { beforeAll, expect, test } from 'vitest';
import {
  arange,
  cacheAttention,
  drawTokens,
  linear,
  manualSeed,
  packedLinear,
  randn,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
  zeros,
} from './index.ts';

beforeAll(() => setNumThreads(2));

const exact = (x: Tensor) => x.to({ dtype: 'float64' });
const places = (values: number[]) => tensor(values, { dtype: 'int64' });

/** The largest difference relative to the largest magnitude. */
function errorOf(value: Tensor, wanted: Tensor): number {
  expect(value.shape).toEqual(wanted.shape);
  return value.sub(wanted).abs().max().item() / wanted.abs().max().item();
}

/** [O, I] → [⌈O / 16⌉, I, 16] */
function pack(weight: Tensor): Tensor {
  const filled = weight.constantPadNd([0, 0, 0, -weight.size(0) & 15]);
  return filled.unflatten(0, [-1, 16]).transpose(1, 2).contiguous();
}

test.each([
  [16, 40],
  [250, 33],
  [3, 1],
])('packLinear_ of %i out, %i in', (numOut, size) => {
  scope(() => {
    manualSeed(1);
    const weight = randn([numOut, size]);
    const packed = pack(weight);
    expect(packed.fullLike(7).packLinear_(weight).equal(packed)).toBe(true);
    const transposed = weight.t().contiguous().t();
    expect(packed.fullLike(7).packLinear_(transposed).equal(packed), 'of a view').toBe(true);
    const wide = packed.to({ dtype: 'float64' });
    expect(wide.fullLike(7).packLinear_(exact(weight)).equal(wide), 'composed').toBe(true);
  });
});

/** Where a cumulative distribution in float64 passes u. */
function drawExactly(scores: Tensor, uniforms: Tensor): number[] {
  const sums = exact(scores).softmax(1).cumsum(1).toArray() as number[][];
  const wanted = uniforms.toArray() as number[];
  return sums.map((row, i) => row.findIndex((sum) => sum > (wanted[i] as number)));
}

test.each([1, 255, 256, 257, 4_000])('drawTokens from %i tokens', (numTokens) => {
  scope(() => {
    manualSeed(4);
    const numRows = 300;
    const scores = randn([numRows, numTokens]).mul(3);
    // So that the last token, and the last of a block, are drawn too.
    const uniforms = tensor(Float64Array.from({ length: numRows }, (_, i) => i / numRows));
    const [drawn, logSums] = drawTokens(scores, uniforms);
    const tokens = Array.from(drawn.toTypedArray(), Number);
    const same = drawExactly(scores, uniforms).filter((token, i) => token === tokens[i]).length;
    // Powers are rounded to float32: a border may lie on the other side of u.
    expect(same).toBeGreaterThan(numRows - 3);
    expect(errorOf(logSums, exact(scores).logsumexp([1]))).toBeLessThan(1e-7);
    const [alone] = drawTokens(scores.narrow(0, 299, 1), uniforms.narrow(0, 299, 1));
    expect(alone.item(), 'a row alone').toBe(tokens[299]);
  });
});

test('drawTokens draws nothing of probability 0, and V where a score is no number', () => {
  scope(() => {
    const [none, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const scores = tensor([
      [none, 0, 1, none],
      [none, 0, 1, none],
      [0, Number.NaN, 0, 0],
      [0, high, 0, 0],
      [none, none, none, none],
    ]);
    const draw = (of: Tensor, uniforms: number[]) => {
      const [tokens] = drawTokens(of, tensor(Float64Array.from(uniforms)));
      return Array.from(tokens.toTypedArray(), Number);
    };
    const outside = tensor([0, 1]).expand([3, 2]);
    for (const as of [scores, exact(scores)]) {
      expect(draw(as, [0, 1 - 2 ** -53, 0.5, 0.5, 0.5])).toEqual([1, 2, 4, 4, 4]);
      expect(draw(outside.to({ dtype: as.dtype }), [-0.1, 1, Number.NaN])).toEqual([2, 2, 2]);
    }
  });
});

test.each([
  [1, 40, 256],
  [7, 33, 50],
  [32, 300, 16],
  [213, 20, 600],
])('packedLinear of %i rows, %i in, %i out', (numRows, size, numOut) => {
  scope(() => {
    manualSeed(1);
    const [x, weight] = [randn([numRows, size]), randn([numOut, size])];
    const y = packedLinear(x, pack(weight), numOut);
    expect(errorOf(y, linear(exact(x), exact(weight)))).toBeLessThan(2e-6);
    const last = packedLinear(x.narrow(0, numRows - 1, 1), pack(weight), numOut);
    expect(last.toArray(), 'a row alone').toEqual(y.narrow(0, numRows - 1, 1).toArray());
  });
});

const sizes = { numRows: 9, numHeads: 6, numKvHeads: 3, numSlots: 200, headSize: 44 };

function makeCache() {
  manualSeed(2);
  const { numRows, numHeads, numKvHeads, numSlots, headSize } = sizes;
  const query = randn([numRows, numHeads, headSize]);
  const shape = [numRows + 2, numKvHeads, numSlots, headSize];
  const positions = places([0, 1, 2, 30, 31, 99, 150, 198, 199]);
  return { query, keys: randn(shape), values: randn(shape), positions };
}

test.each([undefined, 1, 33])('cacheAttention within a window of %s', (window) => {
  scope(() => {
    const { query, keys, values, positions } = makeCache();
    const out = cacheAttention(query, keys, values, positions, { window });
    const wanted = [exact(query), exact(keys), exact(values)] as const;
    expect(errorOf(out, cacheAttention(...wanted, positions, { window }))).toBeLessThan(2e-6);
    const row = (all: Tensor) => all.narrow(0, 6, 1).contiguous();
    const alone = cacheAttention(row(query), row(keys), row(values), row(positions), { window });
    expect(alone.toArray(), 'a row alone').toEqual(row(out).toArray());
  });
});

test('cacheAttention reads what a row has, and hides no number that is none', () => {
  scope(() => {
    const { query, keys, values, positions } = makeCache();
    keys.select(0, 3).narrow(1, 31, 1).fill_(Number.NaN);
    const before = cacheAttention(query, keys, values, positions);
    expect(before.isfinite().all().item(), 'behind the end of its row').toBe(1);
    keys.select(0, 3).narrow(1, 30, 1).fill_(Number.NaN);
    const after = cacheAttention(query, keys, values, positions);
    const areNumbers = after.isfinite().flatten(1).all(1).toArray();
    expect(areNumbers).toEqual(Array.from({ length: 9 }, (_, row) => row !== 3));
  });
});

test('cachePut_ writes there and nowhere else, also from a view', () => {
  scope(() => {
    const { keys } = makeCache();
    const source = randn([3, 4, 44]).transpose(0, 1);
    const [rows, positions] = [places([10, 0, 3, 3]), places([0, 199, 7, 8])];
    const wanted = keys.clone().indexPut_([rows, null, positions], source);
    expect(keys.cachePut_(rows, positions, source).equal(wanted)).toBe(true);
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const { query, keys, values, positions } = makeCache();
    const late = places([0, 0, 0, 0, 0, 0, 0, 0, 200]);
    const attend = (at: Tensor, window?: number) =>
      cacheAttention(query, keys, values, at, { window });
    expect(() => attend(late)).toThrow(/positions must lie from 0 to below 200, got 200/);
    expect(() => attend(arange(9))).toThrow(/positions must be int64\[9\]/);
    expect(() => attend(positions, 0)).toThrow(/window must be positive/);
    expect(() => cacheAttention(query, keys, keys.narrow(0, 0, 9), positions)).toThrow(/keys and/);
    const source = randn([1, 3, 44]);
    expect(() => keys.cachePut_(places([11]), places([0]), source)).toThrow(/rows must lie/);
    expect(() => keys.cachePut_(places([0]), places([-1]), source)).toThrow(/positions must lie/);
    expect(() => keys.cachePut_(places([0]), places([0]), query)).toThrow(/source must be/);
    const weight = randn([2, 5, 16]);
    expect(() => packedLinear(randn([4]), weight, 20)).toThrow(/last dimension of input/);
    expect(() => packedLinear(randn([5]), weight, 16)).toThrow(/out_features must reach/);
    expect(() => packedLinear(randn([5]), randn([2, 5, 8]), 16)).toThrow(/\[panels, in, 16\]/);
    expect(() => zeros([1, 5, 16]).packLinear_(randn([17, 5]))).toThrow(
      /self must be \[2, 5, 16\]/,
    );
    expect(() => zeros([1, 5, 16]).packLinear_(randn([5]))).toThrow(/weight must be \[out, in\]/);
    const uniforms = tensor(new Float64Array(3));
    expect(() => drawTokens(randn([2, 5]), uniforms)).toThrow(/uniforms must be float64\[2\]/);
    expect(() => drawTokens(randn([5]), uniforms)).toThrow(/scores must be \[rows, vocabulary\]/);
  });
});
