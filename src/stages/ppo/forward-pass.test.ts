import { expect, test } from 'vitest';
import { liveTensors, scope, zeros } from '../../tensor/index.ts';
import { KeptPasses } from './forward-pass.ts';

/** A pass of 4 KiB; the values of one that may not keep its graph are ones. */
const pass = (keeps: () => boolean) => ({
  ...{ states: zeros([1000]), logprobs: zeros([2]), entropies: zeros([2]) },
  values: keeps() ? zeros([2]) : zeros([2]).add(1),
});

test('keeps as many passes as fit, until they were learned from', () => {
  const before = liveTensors();
  const kept = new KeptPasses({ device: 'cpu', keptGraphBytes: 10_000 });
  const places = [[0], [1], [2], [3]];
  const made = places.map((some, i) =>
    scope(() =>
      kept
        .make(some, i > 0, pass)
        .values.sum()
        .item(),
    ),
  );
  expect(made).toEqual([2, 0, 0, 2]);
  const values = scope(() => places.map((some) => kept.of(some)?.values.sum().item()));
  expect(values).toEqual([undefined, 0, 0, undefined]);
  expect(kept.of([1])).toBeUndefined();
  kept.drop(places[1] as number[]);
  expect(kept.of(places[1] as number[])).toBeUndefined();
  kept.dispose();
  expect(liveTensors()).toBe(before);
});

test('a pass that turns out too large is not kept', () => {
  const before = liveTensors();
  const kept = new KeptPasses({ device: 'cpu', keptGraphBytes: 1000 });
  const places = [0];
  expect(scope(() => kept.make(places, true, pass).values.sum().item())).toBe(2);
  expect(kept.of(places)).toBeUndefined();
  kept.dispose();
  expect(liveTensors()).toBe(before);
});
