/** `bf16Linear`, on this processor, against the product of the same factors in float64. */
import { expect, test } from 'vitest';
import {
  bf16Linear,
  type Dtype,
  empty,
  grad,
  linear,
  manualSeed,
  memoryStats,
  randn,
  scope,
  type Tensor,
} from './index.ts';

const rounded = (x: Tensor) => x.to({ dtype: 'bfloat16' });

/** Leaves: x, weight [O, I] and bias [O], whose elements are those of bfloat16. */
function factors(shape: number[], numOut: number, dtype: Dtype): [Tensor, Tensor, Tensor] {
  manualSeed(3);
  const drawn = [shape, [numOut, shape.at(-1) as number], [numOut]].map((each) => randn(each));
  return drawn.map((each) => rounded(each).to({ dtype, copy: true })) as [Tensor, Tensor, Tensor];
}

test.each([
  [[40, 33], 17],
  [[3, 5, 64], 96],
  [[2, 20], 6],
])('bf16Linear of x %j, %i out, and its gradients', (shape, numOut) => {
  scope(() => {
    const run = (multiply: typeof bf16Linear, dtype: Dtype, parameterDtype = dtype) => {
      const [x, ...parameters] = factors(shape, numOut, dtype);
      const leaves = [x, ...parameters.map((each) => each.to({ dtype: parameterDtype }))];
      for (const leaf of leaves) leaf.requiresGrad = true;
      const y = multiply(...(leaves as [Tensor, Tensor, Tensor]));
      return [y, ...grad([y.square().sum()], leaves)] as Tensor[];
    };
    const exact = run(linear, 'float64');
    const mixed = run(bf16Linear, 'bfloat16', 'float32');
    const dtypes = ['bfloat16', 'bfloat16', 'float32', 'float32'];
    expect(mixed.map(({ dtype }) => dtype)).toEqual(dtypes);
    for (const [i, value] of run(bf16Linear, 'bfloat16').entries()) {
      const wanted = exact[i] as Tensor;
      expect([value.dtype, value.shape]).toEqual(['bfloat16', wanted.shape]);
      expect(value.equal((mixed[i] as Tensor).to({ dtype: 'bfloat16' }))).toBe(true);
      const error = value.sub(wanted).abs().max().item() / wanted.abs().max().item();
      // Half a unit of the last place, once in y and once more in what comes back.
      expect(error).toBeLessThan(2 ** -8);
    }
  });
});

test('adds up in float32: in bfloat16 a sum of ones ends at 256', () => {
  scope(() => {
    const ones = rounded(empty([16, 1024]).fill_(1));
    expect(bf16Linear(ones, ones).ne(1024).sum().item()).toBe(0);
  });
});

test('keeps nothing wider than bfloat16 for the backward pass', () => {
  scope(() => {
    const [x, weight, bias] = factors([512, 64], 128, 'bfloat16');
    weight.requiresGrad = true;
    const before = memoryStats().liveBytes;
    const y = bf16Linear(x, weight, bias);
    expect(y.requiresGrad).toBe(true);
    // The result alone, in a block of the allocator; x in float32 would be as much again.
    expect(memoryStats().liveBytes - before).toBeLessThan(1.25 * 2 * 512 * 128);
  });
});

test('has a shape on meta', () => {
  scope(() => {
    const on = { device: 'meta', dtype: 'bfloat16' } as const;
    const y = bf16Linear(empty([30, 4], on), empty([7, 4], on));
    expect([y.shape, y.dtype, y.device]).toEqual([[30, 7], 'bfloat16', 'meta']);
  });
});

test('refuses what does not fit', () => {
  scope(() => {
    const [x, weight] = factors([20, 6], 5, 'bfloat16');
    const other = x.to({ dtype: 'float32' });
    expect(() => bf16Linear(other, weight)).toThrow(/input must be bfloat16/);
    expect(() => bf16Linear(x, weight.to({ dtype: 'int64' }))).toThrow(/floating dtype/);
    expect(() => bf16Linear(x, weight.t().contiguous())).toThrow(/bf16_linear/);
    expect(() => bf16Linear(x, weight, weight)).toThrow(/bf16_linear/);
  });
});
