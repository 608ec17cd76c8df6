import { expect, test } from 'vitest';
import { mixtureOf } from './index.ts';

/** Table 2.2 of the paper: billions of tokens, and weights in percent that sum to 101. */
const table = [
  { name: 'Common Crawl', numTokens: 410, weight: 60 },
  { name: 'WebText2', numTokens: 19, weight: 22 },
  { name: 'Books1', numTokens: 12, weight: 8 },
  { name: 'Books2', numTokens: 55, weight: 8 },
  { name: 'Wikipedia', numTokens: 3, weight: 3 },
];

test('the mixture of GPT-3 gives the epochs of its table', () => {
  const mixture = mixtureOf(table, 300);
  expect(mixture.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(mixture.reduce((sum, { numTokensRead }) => sum + numTokensRead, 0)).toBeCloseTo(300, 9);
  // What the paper prints; its weights and sizes are rounded to one or two digits.
  const printed = [0.44, 2.9, 1.9, 0.43, 3.4];
  for (const [i, { epochs, name }] of mixture.entries()) {
    const ratio = epochs / (printed[i] as number);
    expect(ratio, name).toBeGreaterThan(0.85);
    expect(ratio, name).toBeLessThan(1.25);
  }
});

test('a source without weight is not read', () => {
  const [one, other] = mixtureOf(
    [
      { name: 'a', numTokens: 10, weight: 2 },
      { name: 'b', numTokens: 0, weight: 0 },
    ],
    20,
  );
  expect(one).toMatchObject({ share: 1, numTokensRead: 20, epochs: 2 });
  expect(other).toMatchObject({ share: 0, numTokensRead: 0, epochs: 0 });
});

test.each([
  [[{ name: 'a', numTokens: 1, weight: -1 }], 'the weight of a must be a number from 0 on, got -1'],
  [[{ name: 'a', numTokens: Number.NaN, weight: 1 }], 'tokens of a must be a number from 0 on'],
  [[{ name: 'a', numTokens: 0, weight: 1 }], 'the number of tokens of a must be above 0, got 0'],
  [[{ name: 'a', numTokens: 1, weight: 0 }], 'the weights must not all be 0'],
])('%j is refused', (sources, message) => {
  expect(() => mixtureOf(sources, 1)).toThrow(message);
});
