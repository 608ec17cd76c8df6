import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { TensorError } from '../base/index.ts';
import {
  arange,
  type Dtype,
  dtypes,
  empty,
  full,
  grad,
  isTensor,
  manualSeed,
  memoryStats,
  ones,
  randn,
  scope,
  setMemoryLimit,
  tensor,
  zeros,
} from './index.ts';

describe('tensor', () => {
  test.each(dtypes)('round-trips %s', (dtype) => {
    scope(() => {
      const values = dtype === 'bool' ? [[true, false, true]] : [[0, 1, 100]];
      const made = tensor(values, { dtype });
      expect(made.dtype).toBe(dtype);
      expect(made.shape).toEqual([1, 3]);
      expect(made.toArray()).toEqual(values);
    });
  });

  test.each<[unknown, Dtype]>([
    [1, 'float32'],
    [[1, 2], 'float32'],
    [[true], 'bool'],
    [[1n], 'int64'],
    [new Float64Array(2), 'float64'],
    [new Int32Array(2), 'int32'],
    [new BigInt64Array(2), 'int64'],
    [[], 'float32'],
  ])('%o becomes %s', (data, dtype) => {
    using made = tensor(data as number);
    expect(made.dtype).toBe(dtype);
  });

  test('takes typed arrays in a shape, and 16-bit floats as their bits', () => {
    scope(() => {
      const shaped = tensor(new Float32Array([1, 2, 3, 4, 5, 6]), { shape: [2, 3] });
      expect(shaped.toArray()).toEqual([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
      const bits = tensor(new Uint16Array([0x3f80, 0xc000]), { dtype: 'bfloat16' });
      expect(bits.toArray()).toEqual([1, -2]);
      expect([...bits.toTypedArray()]).toEqual([0x3f80, 0xc000]);
      expect(tensor(new Uint8Array([0, 1]), { dtype: 'bool' }).toArray()).toEqual([false, true]);
    });
  });

  test('a view of a buffer gives its own part', () => {
    using part = tensor(new Float32Array([1, 2, 3, 4]).subarray(1, 3));
    expect(part.toArray()).toEqual([2, 3]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a ragged array', () => tensor([[1, 2], [3]]), /depth 1 must hold 2 elements.*got 1/],
    ['a string', () => tensor(['a' as unknown as number]), /must be a number.*got string/],
    ['null', () => tensor(null as unknown as number), /must be a number.*got null/],
    ['a rounded int64', () => tensor([2 ** 53], { dtype: 'int64' }), /holds exactly, got 9007199/],
    ['a fraction as int32', () => tensor([1.5], { dtype: 'int32' }), /holds exactly, got 1.5/],
    ['300 as uint8', () => tensor([300], { dtype: 'uint8' }), /holds exactly, got 300/],
    ['a wrong count', () => tensor(new Float32Array(5), { shape: [2, 3] }), /\(5\), got 6/],
    ['a negative shape', () => tensor(new Float32Array(1), { shape: [-1, -1] }), /non-negative/],
    ['an unknown dtype', () => tensor([1], { dtype: 'float33' as 'float32' }), /be one of float32/],
    ['an unknown device', () => zeros([1], { device: 'gpu' as 'cpu' }), /gpu/],
    ['a negative size', () => zeros([-1]), /non-negative/],
    ['a fraction as size', () => zeros([1.5]), /zeros\.size must be an integer, got 1.5/],
    ['NaN as size', () => zeros([Number.NaN]), /must be an integer, got NaN/],
    ['a size that no machine has', () => zeros([1e15]), /out of memory/],
    ['null as size', () => zeros(null as unknown as number[]), /zeros\.size must be an array/],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(TensorError);
    expect(make).toThrow(message);
  });
});

describe('Tensor', () => {
  test('numbers make float32, whatever their value', () => {
    scope(() => {
      expect(
        [full([1], 3), full([1], 3.5), arange(3), arange(0, 1, 0.5)].map((t) => t.dtype),
      ).toEqual(Array(4).fill('float32'));
      expect(arange(3, { dtype: 'int64' }).toArray()).toEqual([0, 1, 2]);
    });
  });

  test('an integer tensor plus a whole number stays integer, plus a fraction does not', () => {
    scope(() => {
      const whole = tensor([1, 2], { dtype: 'int64' });
      expect(whole.add(1).dtype).toBe('int64');
      expect(whole.add(0.5).dtype).toBe('float32');
      expect(whole.add(2n ** 60n).toTypedArray()[0]).toBe(2n ** 60n + 1n);
    });
  });

  test('an int64 beyond 2^53 throws instead of rounding', () => {
    scope(() => {
      const big = tensor([2n ** 53n + 1n]);
      expect(() => big.item()).toThrow(/without rounding/);
      expect(() => big.toArray()).toThrow(/got 9007199254740993/);
      expect(big.toTypedArray()[0]).toBe(2n ** 53n + 1n);
    });
  });

  test('in-place methods return the tensor itself', () => {
    using x = ones([2]);
    expect(x.add_(1)).toBe(x);
    expect(x.toArray()).toEqual([2, 2]);
    expect(x.copyFrom(new Float32Array([5, 6])).toArray()).toEqual([5, 6]);
  });

  test('overloads are chosen by what is given', () => {
    scope(() => {
      const x = tensor([[1, 5], [7, 3]]); // biome-ignore format: a matrix
      expect(x.max().item()).toBe(7);
      expect(x.max(1)[1].toArray()).toEqual([1, 0]);
      expect(x.sum().item()).toBe(16);
      expect(x.sum(0).toArray()).toEqual([8, 8]);
      expect(x.sum([0, 1], true).shape).toEqual([1, 1]);
      expect(x.sum({ dtype: 'float64' }).dtype).toBe('float64');
      expect(() => (x as unknown as { add(a: string): void }).add('1')).toThrow(
        /^add must be called as add\(other: Tensor.* got add\('1'\)$/,
      );
    });
  });

  test('errors name the operator, shapes, dtypes and devices', () => {
    scope(() => {
      const x = zeros([2, 3]);
      expect(() => x.matmul(zeros([2, 3], { dtype: 'float64' }))).toThrow(
        /^matmul\(self: float32\[2, 3\], other: float64\[2, 3\]\): /,
      );
      expect(() => x.add(zeros([2], { device: 'meta' }))).toThrow(/other: float32\[2\] meta/);
      expect(() => x.size(2)).toThrow(/size\.dim must be from -2 to 1/);
      expect(() => x.item()).toThrow(/one element, got float32\[2, 3\]/);
    });
  });

  test('meta tensors have shapes and no data', () => {
    scope(() => {
      const big = zeros([12_288, 12_288 * 96], { device: 'meta' });
      expect(big.matmul(zeros([12_288 * 96, 7], { device: 'meta' })).shape).toEqual([12_288, 7]);
      expect(() => big.toArray()).toThrow(/meta tensor must be made real/);
      expect(() => big.sum().item()).toThrow(/meta/);
      expect(String(zeros([2], { device: 'meta' }))).toBe("tensor(..., device='meta', size=(2,))");
    });
  });

  test('converts dtype and device, and is itself when nothing changes', () => {
    scope(() => {
      const x = tensor([1.5, -2]);
      expect(x.to({ dtype: 'int32' }).toArray()).toEqual([1, -2]);
      expect(x.to({ device: 'meta' }).device).toBe('meta');
      const copy = x.to({ copy: true });
      copy.add_(1);
      expect(x.toArray()).toEqual([1.5, -2]);
    });
  });

  test('prints like PyTorch, also in console.log', () => {
    scope(() => {
      expect(inspect(tensor([[1, 2], [3, 4.5]]))).toBe('tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]])'); // biome-ignore format: a matrix
      expect(String(tensor([1], { requiresGrad: true }).mul(2))).toBe(
        'tensor([2.], grad_fn=<MulBackward1>)',
      );
      expect(String(arange(0, 2000, 1, { dtype: 'int64' }))).toBe(
        'tensor([   0,    1,    2,  ..., 1997, 1998, 1999])',
      );
      expect(String(tensor([2n ** 60n]))).toBe('tensor([1152921504606846976])');
    });
  });

  test('isTensor tells tensors from others', () => {
    using x = ones([1]);
    expect([x, {}, null, 3].map(isTensor)).toEqual([true, false, false, false]);
  });

  test('a limit on memory refuses an operator and leaves the rest alive', () => {
    scope(() => {
      const x = ones([8]);
      const { limitBytes, liveBytes } = memoryStats();
      setMemoryLimit(liveBytes + 2 ** 20);
      expect(() => empty([2 ** 20])).toThrow(/out of memory: 4194304 bytes were asked for/);
      setMemoryLimit(limitBytes);
      expect(x.sum().item()).toBe(8);
    });
  });
});

describe('autograd', () => {
  test('backward accumulates into leaves', () => {
    scope(() => {
      const x = tensor([1, 2, 3], { requiresGrad: true });
      x.mul(x).sum().backward();
      x.mul(3).sum().backward();
      expect(x.grad?.toArray()).toEqual([5, 7, 9]);
      x.grad = null;
      expect(x.grad).toBeNull();
    });
  });

  test('backward with a gradient, and a kept intermediate one', () => {
    scope(() => {
      const x = tensor([1, 2], { requiresGrad: true });
      const y = x.mul(2).retainGrad();
      y.mul(3).backward(tensor([1, 10]));
      expect(y.grad?.toArray()).toEqual([3, 30]);
      expect(x.grad?.toArray()).toEqual([6, 60]);
    });
  });

  test('grad gives second derivatives and null for what has no effect', () => {
    scope(() => {
      const x = tensor(2, { requiresGrad: true });
      const unused = tensor(1, { requiresGrad: true });
      const [first] = grad([x.pow(3)], [x], { createGraph: true });
      expect(first?.item()).toBe(12);
      const [second, none] = grad([first ?? x], [x, unused]);
      expect(second?.item()).toBe(12);
      expect(none).toBeNull();
      expect(x.grad).toBeNull();
    });
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an integer tensor', () => tensor([1n], { requiresGrad: true }), /floating point/],
    ['backward twice', () => backwardTwice(), /second time/],
    [
      'backward of a vector',
      () => tensor([1, 2], { requiresGrad: true }).mul(2).backward(),
      /scalar/,
    ],
    [
      'a gradient of another shape',
      () => (tensor([1, 2]).grad = ones([3])),
      /shape, dtype and dev/,
    ],
  ])('refuses %s', (_, body, message) => {
    expect(() => scope(() => void body())).toThrow(message);
  });

  test('detach and requiresGrad', () => {
    scope(() => {
      const x = tensor([1], { requiresGrad: true });
      expect([x.isLeaf, x.mul(2).isLeaf, x.mul(2).detach().requiresGrad]).toEqual([
        true,
        false,
        false,
      ]);
      const y = x.mul(2);
      expect(() => (y.requiresGrad = false)).toThrow(/detach\(\)/);
    });
  });
});

describe('manualSeed', () => {
  test('makes random operators repeat, and streams independent', () => {
    const draw = (seed: Parameters<typeof manualSeed>[0]) => {
      manualSeed(seed);
      return scope(() => randn([4]).toArray());
    };
    const stream = { seed: 1, stream: 'dropout', step: 3, rank: 0, micro: 0 };
    expect(draw(7)).toEqual(draw(7n));
    expect(draw(stream)).toEqual(draw({ ...stream }));
    expect(draw(stream)).not.toEqual(draw({ ...stream, micro: 1 }));
    expect(() => manualSeed(-1)).toThrow(/from 0 to 2\^64/);
  });
});

function backwardTwice(): void {
  const y = tensor([1], { requiresGrad: true }).mul(2).pow(2);
  y.backward();
  y.backward();
}
