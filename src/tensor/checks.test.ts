import { describe, expect, test } from 'vitest';
import {
  empty,
  fusedAdamw_,
  memoryStats,
  scaledDotProductAttention,
  scope,
  type Tensor,
  tensor,
  zeros,
} from './index.ts';
import { native } from './native.ts';

// Without the checks in native/checks.cpp and around it, most of these calls end the process or read
// memory that belongs to something else. LibTorch itself does not refuse them.

/** What a call is refused with. */
function refusal(body: () => unknown): string {
  try {
    scope(() => void body());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing';
}

describe('a fused AdamW step', () => {
  const settings = { lr: 0.1, beta1: 0.9, beta2: 0.99, weightDecay: 0, eps: 0 };
  const flags = { amsgrad: false, maximize: false };
  /** Lists as given, and matching ones where nothing is said. */
  function step(lists: Partial<Record<'grads' | 'averages' | 'squares' | 'steps', Tensor[]>>) {
    const matching = () => [zeros([4])];
    fusedAdamw_(
      [zeros([4])],
      lists.grads ?? matching(),
      lists.averages ?? matching(),
      lists.squares ?? matching(),
      [],
      lists.steps ?? [zeros([])],
      { ...settings, ...flags },
    );
  }

  test('works on matching lists', () => {
    scope(() => {
      const parameter = tensor([1]);
      const others = [[tensor([0.5])], [tensor([0])], [tensor([0])], [], [tensor(1)]] as const;
      fusedAdamw_([parameter], ...others, { ...settings, ...flags });
      // The first step of AdamW moves by the learning rate against the sign of the gradient.
      expect(parameter.item()).toBeCloseTo(0.9, 6);
    });
  });

  test.each([
    [
      'a list of another length',
      { grads: [] },
      '.grads must hold as many tensors as self (1), got 0',
    ],
    ['too few steps', { steps: [] }, '.state_steps must hold as many tensors as self (1), got 0'],
  ])('refuses %s', (_, lists, message) => {
    expect(refusal(() => step(lists))).toBe(`_fused_adamw_${message}`);
  });

  test.each<[string, () => Tensor]>([
    ['another shape', () => zeros([3])],
    ['another dtype', () => zeros([4], { dtype: 'float64' })],
    ['holes', () => zeros([8]).slice(0, 0, undefined, 2)],
    ['one element for all', () => zeros([1]).expand([4])],
    ['no data', () => zeros([4], { device: 'meta' })],
  ])('refuses an average with %s', (_, average) => {
    expect(refusal(() => step({ averages: [average()] }))).toMatch(
      /^_fused_adamw_\.exp_avgs must be dense and like self in shape, strides, dtype and device/,
    );
  });

  test('refuses a step that is no number', () => {
    expect(refusal(() => step({ steps: [zeros([0])] }))).toBe(
      '_fused_adamw_.state_steps must hold one float32, got float32[0]',
    );
  });
});

test('attention refuses fewer values than keys', () => {
  const many = [1, 2, 50, 8];
  const attend = () => scaledDotProductAttention(zeros(many), zeros(many), zeros([1, 2, 1, 8]));
  expect(refusal(attend)).toBe(
    'scaled_dot_product_attention.value must have as many rows as key (50), got float32[1, 2, 1, 8]',
  );
});

test('the median of an expanded tensor is that of its elements', () => {
  scope(() => {
    const expanded = tensor([[1, 9]]).expand([3, 2]);
    const [values] = expanded.median(0);
    expect((values as Tensor).toArray()).toEqual([1, 9]);
  });
});

test.each<[string, () => unknown]>([
  [
    'split',
    () =>
      empty([1])
        .expand([2 ** 31])
        .split(1),
  ],
  ['chunk', () => empty([2 ** 40], { device: 'meta' }).chunk(2 ** 30)],
  ['chunk', () => zeros([0, 3]).chunk(2 ** 31)],
  [
    'unbind',
    () =>
      empty([1])
        .expand([2 ** 27])
        .unbind(0),
  ],
])('%s refuses to make billions of tensors', (_, cut) => {
  expect(refusal(cut)).toMatch(/must be cut into at most 2\^20 pieces, got \d+$/);
});

test('a typed array that is too long for JavaScript is an error', () => {
  const long = () =>
    zeros([1], { dtype: 'uint8' })
      .expand([2 ** 33])
      .toTypedArray();
  expect(refusal(long)).toMatch(/Invalid typed array length: 8589934592/);
});

test('bytes become booleans of 0 and 1', () => {
  scope(() => {
    const made = tensor(new Uint8Array([0, 1, 2, 255]), { dtype: 'bool' });
    expect([...made.toTypedArray()]).toEqual([0, 1, 1, 1]);
    expect([...made.copyFrom(new Uint8Array([128, 0, 0, 64])).toTypedArray()]).toEqual([
      1, 0, 0, 1,
    ]);
  });
});

describe('values that are nested without end', () => {
  const endless: unknown[] = [1];
  endless.unshift(endless);

  test('are no tensor', () => {
    expect(refusal(() => tensor(endless as number[]))).toBe(
      'a nested array must be at most 64 arrays deep, got a deeper one',
    );
  });

  test('are described to a limit', () => {
    const relu = native().bindOperator('relu');
    expect(refusal(() => native().call(relu, endless))).toBe(
      'relu.self must be a tensor, got [[[[…], 1], 1], 1]',
    );
    expect(refusal(() => zeros([2]).add(endless as unknown as number))).toContain(
      '[[[[…], 1], 1], 1]',
    );
  });
});

test('an operator may be called while the arguments of another are read', () => {
  scope(() => {
    const sizes = [1, 2];
    const getter = { get: () => zeros([3]).add(1).numElements };
    const shape = zeros([6]).reshape(Object.defineProperty(sizes, 0, getter)).shape;
    expect(shape).toEqual([3, 2]);
  });
});

test('an array cannot lose its memory while a tensor is made of it', () => {
  const data = new Float32Array(4);
  const get = () => structuredClone(data, { transfer: [data.buffer] }).length;
  const shape = Object.defineProperty([4], 0, { get });
  expect(refusal(() => tensor(data, { shape }))).toContain(
    'as many elements as the data (0), got 4',
  );
});

test('a long chain of gradients is freed without recursion', () => {
  const before = memoryStats().liveBytes;
  scope(() => {
    const chain = Array.from({ length: 100_000 }, () => zeros([1]));
    for (const [i, link] of chain.slice(1).entries()) (chain[i] as Tensor).grad = link;
    for (const link of chain.reverse()) link.dispose();
  });
  expect(memoryStats().liveBytes).toBe(before);
});
