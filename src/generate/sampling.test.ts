import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { ConfigError, uniformAt } from '../base/index.ts';
import { keep, manualSeed, randn, scope, tensor } from '../tensor/index.ts';
import { keepTopP } from './logits-processors.ts';
import { processLogits, sampleTokens } from './sample-tokens.ts';
import { resolveSampling, type SamplingConfig } from './sampling-config.ts';

interface Fixture {
  logits: number[][];
  seen: number[][];
  cases: { name: string; settings: SamplingConfig; scores: number[][] }[];
}

const fixture: Fixture = JSON.parse(
  readFileSync(new URL('./fixtures/processors.json', import.meta.url), 'utf8'),
);
const logits = tensor(fixture.logits);

afterAll(() => logits.dispose());

function rowOf(config: SamplingConfig, seen: Iterable<number> = [], uniform = 0.5) {
  return { sampling: resolveSampling(config), seenTokens: new Set(seen), uniform };
}

/** Scores of some rows, with the fixture's number in place of minus infinity. */
function scoresOf(rows: readonly ReturnType<typeof rowOf>[]): number[][] {
  const scores = scope(() => processLogits(logits, rows).clampMin(-1e9));
  try {
    return scores.toArray() as number[][];
  } finally {
    scores.dispose();
  }
}

function expectClose(scores: readonly number[] | undefined, expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(scores?.[i]).toBeCloseTo(value, 5);
}

describe('logits processors', () => {
  test.each(fixture.cases)('$name equals Hugging Face', ({ settings, scores }) => {
    const ours = scoresOf(fixture.seen.map((seen) => rowOf(settings, seen)));
    for (const [row, expected] of scores.entries()) expectClose(ours[row], expected);
  });

  test('rows of one batch have settings of their own', () => {
    for (let shift = 0; shift < fixture.cases.length; shift++) {
      const at = (row: number) => fixture.cases[(shift + row * 5) % fixture.cases.length];
      const ours = scoresOf(fixture.seen.map((seen, row) => rowOf(at(row)?.settings ?? {}, seen)));
      for (const row of fixture.seen.keys()) expectClose(ours[row], at(row)?.scores[row] ?? []);
    }
  });

  test('a nucleus beyond the first candidates is found whole', () => {
    manualSeed(1);
    const numKept = scope(() => {
      const flat = randn([2, 5000]).mul(0.1);
      return keep(keepTopP(flat, [0.9, 1]).gt(-Infinity).sum(-1));
    });
    const [nucleus = 0, all] = numKept.toArray() as number[];
    numKept.dispose();
    expect(nucleus).toBeGreaterThan(4000);
    expect(nucleus).toBeLessThan(4600);
    expect(all).toBe(5000);
  });
});

describe('drawing', () => {
  const weights = [0.4, 0, 0.1, 0.25, 0.05, 0.2];
  const draw = (config: SamplingConfig, uniforms: readonly number[], withLogprobs = false) => {
    const row = tensor(weights.map((weight) => Math.log(weight)));
    const batch = row.expand([uniforms.length, weights.length]);
    const rows = uniforms.map((uniform) => rowOf(config, [], uniform));
    const sampled = sampleTokens(batch, rows, withLogprobs);
    batch.dispose();
    row.dispose();
    return sampled;
  };

  test('follows the distribution (chi-square)', () => {
    const numDraws = count({ test: 20_000, pr: 200_000, slow: 2_000_000 });
    const uniforms = Array.from({ length: numDraws }, (_, i) => uniformAt(11, i, 0));
    const numDrawn = weights.map(() => 0);
    for (const { token } of draw({}, uniforms)) numDrawn[token] = (numDrawn[token] ?? 0) + 1;
    expect(numDrawn[1]).toBe(0);
    const chiSquare = weights.reduce((sum, weight, token) => {
      const expected = weight * numDraws;
      return weight === 0 ? sum : sum + ((numDrawn[token] ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chiSquare).toBeLessThan(23.5); // 4 degrees of freedom: 1 in 10,000 lies above
  });

  test('the ends of the unit interval give tokens that are possible', () => {
    const ends = draw({ topK: 3 }, [0, 1 - 2 ** -53]).map(({ token }) => token);
    expect(ends).toEqual([0, 5]);
  });

  test('log-probabilities under both distributions', () => {
    const [sampled] = draw({ topK: 2, temperature: 0.5 }, [0.99], true);
    expect(sampled?.token).toBe(3);
    expect(sampled?.logprob).toBeCloseTo(Math.log(0.25), 5);
    expect(sampled?.sampledLogprob).toBeCloseTo(Math.log(0.0625 / (0.0625 + 0.16)), 5);
    expect(draw({ temperature: 0 }, [0.99], true)[0]?.sampledLogprob).toBe(0);
  });

  test('logits that are not finite are refused', () => {
    const bad = tensor([[Number.NaN, 1]]);
    for (const temperature of [0, 1]) {
      expect(() => sampleTokens(bad, [rowOf({ temperature })], false)).toThrow(/must be finite/);
    }
    bad.dispose();
  });
});

test.each<[SamplingConfig, RegExp]>([
  [{ temperature: -1 }, /temperature must be 0 \(greedy\) or a positive number, got -1/],
  [{ temperature: Number.NaN }, /temperature/],
  [{ topK: 1.5 }, /topK must be a whole number/],
  [{ topP: 0 }, /topP must be above 0 and at most 1, got 0/],
  [{ topP: 1.01 }, /topP/],
  [{ minP: 2 }, /minP must be from 0 to 1/],
  [{ repetitionPenalty: 0 }, /repetitionPenalty must be a positive number/],
])('%j is refused', (config, message) => {
  expect(() => resolveSampling(config)).toThrow(ConfigError);
  expect(() => resolveSampling(config)).toThrow(message);
});
