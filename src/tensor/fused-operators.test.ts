/** Our own operators in float32 against the composition of LibTorch's in float64. */
import { beforeAll, expect, test } from 'vitest';
import {
  attentionApart,
  cat,
  fusedRmsNorm,
  grad,
  manualSeed,
  ones,
  randn,
  rmsNorm,
  rotateHalves,
  scaledDotProductAttention,
  scope,
  setNumThreads,
  swiglu,
  type Tensor,
  tensor,
  tokenLogprobs,
} from './index.ts';

type Computation = (...inputs: Tensor[]) => Tensor;

const rows = 70;
const size = 75;

const operators: Record<string, { shapes: number[][]; fused: Computation; composed: Computation }> =
  {
    swiglu: {
      shapes: [
        [rows, size],
        [rows, size],
      ],
      fused: (gate, up) => swiglu(gate as Tensor, up as Tensor),
      composed: (gate, up) => (gate as Tensor).silu().mul(up as Tensor),
    },
    fusedRmsNorm: {
      shapes: [[rows, size], [size]],
      fused: (x, weight) => fusedRmsNorm(x as Tensor, weight as Tensor, 0.01),
      composed: (x, weight) => rmsNorm(x as Tensor, [size], weight, 0.01),
    },
    tokenLogprobs: {
      shapes: [[rows, 1100]],
      fused: (logits) => tokenLogprobs(logits as Tensor, someTokens())[0],
      composed: (logits) => {
        const all = (logits as Tensor).logSoftmax(1);
        return all.gather(1, someTokens().unsqueeze(1)).squeeze(1);
      },
    },
    rotateHalves: {
      shapes: [[2, 3, 35, 38]],
      fused: (x) => rotateHalves(x as Tensor, ...tables((x as Tensor).dtype)),
      composed: (x) => {
        const [a, b] = (x as Tensor).chunk(2, -1) as [Tensor, Tensor];
        const [cos, sin] = tables((x as Tensor).dtype);
        return (x as Tensor).mul(cos).add(cat([b.neg(), a], -1).mul(sin));
      },
    },
  };

const attentionCases = {
  'attentionApart of short documents': { lengths: [1, 96, 13, 6, 5, 48], headSize: 24 },
  'attentionApart of one short document': { lengths: [169], headSize: 8 },
  'attentionApart of a long document among short ones': { lengths: [9, 513], headSize: 8 },
  'attentionApart of heads of an odd size': { lengths: [40, 3], headSize: 20 },
};

for (const [name, { lengths, headSize }] of Object.entries(attentionCases)) {
  const numPositions = lengths.reduce((sum, length) => sum + length);
  // As attention has them: cut out of one product. Larger scores would round to more than 3e-6.
  const partsOf = (all: Tensor) =>
    all.mul(0.4).unflatten(1, [9, headSize]).splitWithSizes([3, 3, 3], 1);
  operators[name] = {
    shapes: [[numPositions, 9 * headSize]],
    fused: (all) => attentionApart(...threeOf(partsOf(all as Tensor)), lengths),
    composed: (all) => {
      const documents = partsOf(all as Tensor).map((part) => part.splitWithSizes(lengths, 0));
      const attended = lengths.map((_, i) => {
        const rows = documents.map((each) => (each[i] as Tensor).transpose(0, 1).unsqueeze(0));
        return scaledDotProductAttention(...threeOf(rows), null, 0, true).squeeze(0);
      });
      return cat(attended.map((each) => each.transpose(0, 1)));
    },
  };
}

function threeOf(tensors: readonly Tensor[]): [Tensor, Tensor, Tensor] {
  return tensors as [Tensor, Tensor, Tensor];
}

/** Also the first and the last one. */
function someTokens(): Tensor {
  const ids = Array.from({ length: rows }, (_, row) => (row * 157) % 1100);
  return tensor([...ids.slice(1), 1099], { dtype: 'int64' });
}

/** Not those of RoPE, in which the halves are equal. */
function tables(dtype: Tensor['dtype']): [Tensor, Tensor] {
  manualSeed(7);
  return [randn([2, 1, 35, 38]).to({ dtype }), randn([2, 1, 35, 38]).to({ dtype })];
}

beforeAll(() => setNumThreads(2));

test.each(Object.entries(operators))('%s and its gradients', (_, { shapes, fused, composed }) => {
  scope(() => {
    manualSeed(1);
    const inputs = shapes.map((shape) => randn(shape).mul(3));
    const run = (compute: Computation, dtype: Tensor['dtype']) => {
      const leaves = inputs.map((input) => input.to({ dtype, copy: true }));
      for (const leaf of leaves) leaf.requiresGrad = true;
      const out = compute(...leaves);
      return [out, ...grad([out.sin().sum()], leaves)] as Tensor[];
    };
    const exact = run(composed, 'float64');
    for (const [i, value] of run(fused, 'float32').entries()) {
      expect(value.dtype).toBe('float32');
      const wanted = exact[i] as Tensor;
      const error = value.sub(wanted).abs().max().item() / wanted.abs().max().item();
      expect(error).toBeLessThan(3e-6);
    }
  });
});

test('swiglu of numbers at the ends of float32, and of none', () => {
  scope(() => {
    const gate = tensor([-1e30, -200, -88, 0, 88, 200, 1e30, Number.NaN, Number.POSITIVE_INFINITY]);
    const values = swiglu(gate, gate.onesLike()).toArray() as number[];
    expect(values.slice(1, 6)).toEqual(
      [-200, -88, 0, 88, 200].map((x) => expect.closeTo(Math.max(x, 0), 6)),
    );
    expect(Math.abs(values[0] as number)).toBeLessThan(1e-7);
    expect(values[6]).toBeCloseTo(1e30, -25);
    expect(values.slice(7)).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
  });
});

test('attentionApart of numbers that are none stays in its document, and says so', () => {
  scope(() => {
    const query = ones([12, 1, 8]);
    query.select(0, 7).fill_(Number.NaN);
    const key = ones([12, 1, 8]);
    key.select(0, 2).fill_(Number.POSITIVE_INFINITY);
    const out = attentionApart(query, key, ones([12, 1, 8]), [5, 7]);
    const isBroken = out.isnan().any(-1).flatten().toArray();
    expect(isBroken).toEqual([0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0].map(Boolean));
  });
});

test('what cannot be differentiated twice says so', () => {
  scope(() => {
    const x = randn([2, 2]);
    x.requiresGrad = true;
    const [logprobs] = tokenLogprobs(x, tensor([0, 1], ids));
    for (const y of [swiglu(x, x), fusedRmsNorm(x, tensor([1, 2]), 0.1), logprobs]) {
      expect(() => grad([y.sum()], [x], { createGraph: true })).toThrow(/no second derivative/);
    }
  });
});

test('shapes that do not fit are refused', () => {
  scope(() => {
    const [x, table] = [randn([1, 2, 3, 4]), randn([3, 4])];
    expect(() => swiglu(x, table)).toThrow(/one shape/);
    expect(() => fusedRmsNorm(x, randn([3]), 0)).toThrow(/last dimension of input/);
    expect(() => fusedRmsNorm(x, randn([1, 4]), 0)).toThrow(/weight must be \[size\]/);
    expect(() => rotateHalves(table, table, table)).toThrow(/\[B, H, T, D\]/);
    expect(() => rotateHalves(randn([1, 2, 3, 5]), table, table)).toThrow(/even D/);
    expect(() => rotateHalves(x, table, randn([2, 4]))).toThrow(/sin must have the positions/);
    expect(() => rotateHalves(x, randn([2, 1, 3, 4]), table)).toThrow(/cos must be \[T, D\]/);
    expect(() => rotateHalves(x, table, table.unsqueeze(0).unsqueeze(0))).toThrow(/one shape/);
  });
});

const ids = { dtype: 'int64' } as const;
const none = Number.NEGATIVE_INFINITY;
const near = (value: number) => expect.closeTo(value, 7);
const rowsOfTwo = [
  [none, 0],
  [0, none],
  [-1e30, 0],
  [Number.NaN, 0],
  [0, Number.POSITIVE_INFINITY],
];

test('tokenLogprobs tells entropies', () => {
  scope(() => {
    manualSeed(5);
    const logits = randn([rows, 1100]).mul(3);
    const [, entropies] = tokenLogprobs(logits, someTokens());
    const all = logits.to({ dtype: 'float64' }).logSoftmax(1);
    const wanted = all.exp().mul(all).sum(1).neg();
    expect(entropies.sub(wanted).abs().max().item()).toBeLessThan(3e-6);
  });
});

test.each(['float32', 'float64'] as const)('tokenLogprobs hides nothing, %s', (dtype) => {
  scope(() => {
    const second = tensor([1, 1, 1, 1, 1], ids);
    const [logprobs, entropies] = tokenLogprobs(tensor(rowsOfTwo, { dtype }), second);
    expect(logprobs.toArray()).toEqual([0, none, 0, Number.NaN, Number.NaN]);
    const told = entropies.toArray() as number[];
    for (const entropy of told.slice(0, 3)) expect(entropy).toBeCloseTo(0, 10);
    expect(told.slice(3)).toEqual([Number.NaN, Number.NaN]);
  });
});

test.each(['float32', 'float64'] as const)(
  'gradients of tokenLogprobs at the ends, %s',
  (dtype) => {
    scope(() => {
      // Far from 0, where a sum of exponentials has no digits left for its logarithm.
      const far = [1e8, 1e8];
      const leaf = tensor([...rowsOfTwo, far], { dtype });
      leaf.requiresGrad = true;
      const [logprobs] = tokenLogprobs(leaf, tensor([1, 0, 1, 1, 1, 0], ids));
      const [gradient] = grad([logprobs.sum()], [leaf]) as [Tensor];
      const [nothing, half] = [[0, 0].map(near), [0.5, -0.5].map(near)];
      const unknown = [Number.NaN, Number.NaN];
      expect(gradient.toArray()).toEqual([nothing, nothing, nothing, unknown, unknown, half]);
    });
  },
);

test('rows of tokenLogprobs do not depend on threads, other rows and where they lie', () => {
  scope(() => {
    const [logits, tokens] = [randn([rows, 1101]), someTokens()];
    const all = tokenLogprobs(logits, tokens);
    setNumThreads(1);
    const alone = tokenLogprobs(logits, tokens);
    setNumThreads(2);
    const odd = logits.narrow(0, 33, 3).contiguous();
    const some = tokenLogprobs(odd, tokens.narrow(0, 33, 3));
    for (const [i, numbers] of all.entries()) {
      expect(alone[i]?.equal(numbers)).toBe(true);
      expect(some[i]?.equal(numbers.narrow(0, 33, 3))).toBe(true);
    }
  });
});

test('tokenLogprobs refuses what does not fit', () => {
  scope(() => {
    const logits = tensor(rowsOfTwo);
    const tell = (of: number[]) => () => tokenLogprobs(logits, tensor(of, ids));
    expect(tell([0, 0, 0, 0, 2])).toThrow(/tokens must lie from 0 to below 2/);
    expect(tell([0, 0, 0, 0, -1])).toThrow(/tokens must lie from 0 to below 2/);
    expect(tell([0])).toThrow(/tokens must be int64\[5\]/);
    expect(() => tokenLogprobs(tensor([1]), tensor([0], ids))).toThrow(/logits must be/);
  });
});
