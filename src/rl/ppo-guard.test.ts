import { expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { scope, tensor } from '../tensor/index.ts';
import {
  afterPpoRollback,
  distinctPairs,
  judgePpoStep,
  judgeRollout,
  newPpoGuard,
  type PpoGuardState,
  type RolloutSigns,
  rolloutSigns,
  type StepSigns,
  shapeRollout,
} from './index.ts';

const targetKl = 6;
const limits = { targetKl, maxShareUnfinished: 0.5 };

/** Signs as of a clean run, with its noise: KL grows to its target, entropy falls by a third. */
function cleanRollout(random: SeededRandom, update: number): RolloutSigns {
  return {
    sequenceKl: Math.min(targetKl, update * 0.1) + 0.8 * random.normal(),
    entropy: 3 - Math.min(1, update * 0.01) + 0.1 * random.normal(),
    distinct2: 0.7 + 0.03 * random.normal(),
    shareUnfinished: 0.1 + 0.05 * random.next(),
    shareEmpty: 0,
    scoreMean: 0.2 * random.normal(),
    scoreStd: 1 + 0.1 * random.normal(),
  };
}

function cleanStep(random: SeededRandom): StepSigns {
  return {
    policyLoss: 0.05 * random.normal(),
    valueLoss: 0.3 * Math.exp(0.4 * random.normal()),
    gradNorm: 1 + 0.2 * random.normal(),
    ratioMean: 1 + 0.01 * random.normal(),
    clipFraction: 0.1 + 0.05 * random.next(),
  };
}

/** Judges updates of one rollout and two steps each; from `faultAt` on the fault spoils the signs. */
function run(
  numUpdates: number,
  fault: { rollout?: Partial<RolloutSigns>; step?: Partial<StepSigns> } = {},
  { faultAt = 20, faultEnd = Number.POSITIVE_INFINITY, seed = 1 } = {},
) {
  const random = new SeededRandom(seed);
  const verdicts: { update: number; action: string; reason: string }[] = [];
  let state: PpoGuardState = newPpoGuard();
  const take = (update: number, { verdict, next }: ReturnType<typeof judgeRollout>) => {
    // Through JSON, as through a checkpoint.
    state = JSON.parse(JSON.stringify(next));
    if (verdict.action !== 'ok') verdicts.push({ update, ...verdict });
    return verdict.action === 'ok' || verdict.action === 'raise beta';
  };
  for (let update = 0; update < numUpdates; update++) {
    const isFaulty = update >= faultAt && update < faultEnd;
    const rollout = { ...cleanRollout(random, update), ...(isFaulty ? fault.rollout : {}) };
    if (!take(update, judgeRollout(state, rollout, update, limits))) continue;
    for (let step = 0; step < 2; step++) {
      const signs = { ...cleanStep(random), ...(isFaulty ? fault.step : {}) };
      if (!take(update, judgePpoStep(state, signs, update))) break;
    }
  }
  return { verdicts, state };
}

const faults: [
  string,
  Parameters<typeof run>[1],
  action: string,
  reason: RegExp,
  within: number,
][] = [
  [
    'KL above twice its target',
    { rollout: { sequenceKl: 13 } },
    'raise beta',
    /above 2 × 6, 5 times/,
    5,
  ],
  ['KL that explodes', { rollout: { sequenceKl: 31 } }, 'stop epoch', /KL 31 above 5 × 6/, 3],
  ['a broken reference', { rollout: { sequenceKl: -233 } }, 'stop epoch', /-233, far below 0/, 3],
  ['ratios that run away', { step: { ratioMean: 2.5 } }, 'stop epoch', /mean ratio 2.5/, 3],
  ['tokens clipped', { step: { clipFraction: 0.6 } }, 'stop epoch', /60 % of tokens clipped/, 3],
  ['a score that is NaN', { rollout: { scoreMean: Number.NaN } }, 'skip', /mean score NaN/, 1],
  ['an infinite loss', { step: { policyLoss: Infinity } }, 'skip', /policy's loss Infinity/, 1],
  ['a gradient that is NaN', { step: { gradNorm: Number.NaN } }, 'skip', /gradient norm NaN/, 1],
  ['a value loss times a thousand', { step: { valueLoss: 300 } }, 'skip', /value loss 300/, 1],
  [
    'entropy gone',
    { rollout: { entropy: 0.4 } },
    'stop',
    /entropy 0.4, below 20 % of the start/,
    3,
  ],
  ['one answer to all', { rollout: { distinct2: 0.1 } }, 'stop', /different pairs .* 0.1/, 3],
  ['answers without end', { rollout: { shareUnfinished: 0.9 } }, 'stop', /without an end 0.9/, 3],
  ['empty answers', { rollout: { shareEmpty: 1 } }, 'stop', /empty answers 1, above 0.5/, 3],
  ['a score that falls', { rollout: { scoreMean: -3 } }, 'stop', /a deviation below the start/, 3],
  ['one score for all', { rollout: { scoreStd: 0 } }, 'stop', /every answer has the score/, 3],
];

test.each(faults)('%s', (_, fault, action, reason, within) => {
  const { verdicts } = run(40, fault);
  expect(verdicts[0]).toMatchObject({ action, reason: expect.stringMatching(reason) });
  expect((verdicts[0]?.update ?? 99) - 20).toBeLessThan(within);
});

test('β rises with each further rollout, and rests once KL is back', () => {
  const { verdicts } = run(40, { rollout: { sequenceKl: 13 } }, { faultEnd: 27 });
  expect(verdicts.map(({ update }) => update)).toEqual([24, 25, 26]);
});

test('three stopped epochs go back, three returns and one more stop the run', () => {
  const { verdicts, state } = run(60, { rollout: { sequenceKl: 31 } });
  const first = verdicts.findIndex(({ action }) => action === 'roll back');
  const stopped = verdicts.slice(0, first).filter(({ action }) => action === 'stop epoch');
  expect(stopped.map(({ update }) => update)).toEqual([22, 25]);
  expect(verdicts[first]?.update).toBe(28);
  expect(verdicts[first]?.reason).toMatch(
    /KL 31 above 5 × 6; 3 epochs were stopped for such signs/,
  );
  let after = newPpoGuard();
  for (const update of [30, 60, 90])
    after = afterPpoRollback(after, { ...state, ...after }, update);
  expect(after.rollbackUpdates).toEqual([30, 60, 90]);
  const spoilt = { ...after, numSkipped: 3 };
  const nan = { ...cleanStep(new SeededRandom(1)), policyLoss: Number.NaN };
  expect(judgePpoStep(spoilt, nan, 99).verdict).toEqual({
    action: 'stop',
    reason: "policy's loss NaN; 4 in a row could not be used, after 3 returns",
  });
});

test('a single NaN is skipped, the next step is not, and nothing of it is remembered', () => {
  const fault = { step: { valueLoss: Number.NaN } };
  const { verdicts, state } = run(40, fault, { faultEnd: 21 });
  expect(verdicts.map(({ action }) => action)).toEqual(['skip']);
  expect(state.valueLosses.every(Number.isFinite)).toBe(true);
});

test('clean runs are left alone', () => {
  for (let seed = 0; seed < count({ test: 10, pr: 20, slow: 500 }); seed++) {
    expect(run(200, {}, { seed }).verdicts, `seed ${seed}`).toEqual([]);
  }
});

test('signs of a rollout', () => {
  const repeated = ['1212', '12'].map((digits) => Array.from(digits, Number));
  expect(distinctPairs(repeated)).toBe(2 / 4);
  expect(distinctPairs([[1], []])).toBe(0);
  const square = (...values: number[]) => tensor(Float32Array.from(values), { shape: [2, 2] });
  scope(() => {
    const measured = {
      logprobs: square(-1, -2, -3, 0),
      referenceLogprobs: square(-1.5, -3, -3, 9),
      values: square(0, 0, 0, 0),
      scores: tensor([1, 3]),
      lengths: [2, 1],
      finished: [false, true],
    };
    const rollout = shapeRollout(measured, { beta: 0.1, unfinished: { type: 'none' } });
    expect(rolloutSigns(rollout, [[5, 6], [0]], square(2, 4, 3, 99))).toEqual({
      ...{ sequenceKl: 0.75, entropy: 3, distinct2: 1, shareUnfinished: 0.5, shareEmpty: 0.5 },
      ...{ scoreMean: 2, scoreStd: 1 },
    });
  });
});
