import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatTensor, type NestedValues, type PrintedTensor, rangesToPrint } from './format.ts';

type StoredValue = number | string | boolean | StoredValue[];
type Case = Omit<PrintedTensor, 'values' | 'gradFunction'> & {
  name: string;
  gradFunction: string | null;
  values: StoredValue;
  text: string;
};

const fixture = new URL('./fixtures/format.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

function decode(stored: StoredValue, isFloating: boolean): NestedValues {
  if (Array.isArray(stored)) return stored.map((item) => decode(item, isFloating));
  if (typeof stored !== 'string') return stored;
  return isFloating ? Number(stored.replace('inf', 'Infinity')) : BigInt(stored);
}

describe('formatTensor', () => {
  it('has a fixture with cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });

  it.each(cases)('prints like PyTorch: $name', ({ gradFunction, values, text, ...tensor }) => {
    const decoded = decode(values, tensor.dtype.includes('float'));
    const printed = { ...tensor, gradFunction: gradFunction ?? undefined, values: decoded };
    expect(formatTensor(printed)).toBe(text);
  });
});

describe('rangesToPrint', () => {
  it.each<[number[], string]>([
    [[], '[]'],
    [[1000], '[[[0,1000]]]'],
    [[1001], '[[[0,3],[998,1001]]]'],
    [[6, 200], '[[[0,6]],[[0,3],[197,200]]]'],
    [[7, 1, 143], '[[[0,3],[4,7]],[[0,1]],[[0,3],[140,143]]]'],
    [[0, 5000], '[[[0,0]],[[0,5000]]]'],
  ])('takes the ends of long dimensions of large tensors: %j', (shape, ranges) => {
    expect(JSON.stringify(rangesToPrint(shape))).toBe(ranges);
  });

  it('asks for the elements that PyTorch shows', () => {
    for (const { name, shape, device, values } of cases) {
      if (device === 'meta' || shape.includes(0)) continue;
      const sizes = rangesToPrint(shape).map((r) => r.reduce((n, [from, to]) => n + to - from, 0));
      expect(sizesOf(values), name).toEqual(sizes);
    }
  });
});

function sizesOf(values: StoredValue): number[] {
  return Array.isArray(values) ? [values.length, ...sizesOf(values[0] ?? 0)] : [];
}
