/** What the compiler says about generated operators; `tsc` is the test, the calls only run too. */
import { expect, expectTypeOf, test } from 'vitest';
import { foreachMul_, linear, ones, scope, type Tensor, where } from './index.ts';

test('overloads have the types of what they return', () => {
  scope(() => {
    const x = ones([2, 3]);
    expectTypeOf(x.max()).toEqualTypeOf<Tensor>();
    expectTypeOf(x.max(0)).toEqualTypeOf<[Tensor, Tensor]>();
    expectTypeOf(x.sum([0, -1], true, { dtype: 'float64' })).toEqualTypeOf<Tensor>();
    expectTypeOf(x.split(1, 1)).toEqualTypeOf<Tensor[]>();
    expectTypeOf(x.allclose(x)).toEqualTypeOf<boolean>();
    expectTypeOf(x.add_(1)).toEqualTypeOf<Tensor>();
    expectTypeOf(foreachMul_([x], 2)).toEqualTypeOf<void>();
    expectTypeOf(where(x.gt(0), x, 0)).toEqualTypeOf<Tensor>();
  });
});

test('what does not fit an operator does not compile, and throws', () => {
  scope(() => {
    const x = ones([2, 3]);
    // @ts-expect-error a string is no dim
    expect(() => x.sum('0')).toThrow(/sum must be called as/);
    // @ts-expect-error options need known names of dtypes
    expect(() => ones([2], { dtype: 'float33' })).toThrow(/dtype/);
    // @ts-expect-error the weight is missing
    expect(() => linear(x)).toThrow(/linear\.weight must be a tensor/);
    // @ts-expect-error one of two tensors is missing
    expect(() => where(x.gt(0), x)).toThrow(/where must be called as/);
    // @ts-expect-error softmax needs its dim
    expect(() => x.softmax()).toThrow(/softmax\.int\.dim must be an integer/);
  });
});
