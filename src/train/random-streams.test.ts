/** What a run draws depends on names alone: not on what else the process does, not on other ranks. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeBatch, SmallGpt } from '../../tests/small-gpt.ts';
import { count } from '../../tests/tier.ts';
import { streamSeed } from '../base/index.ts';
import { AdamW } from '../optim/index.ts';
import { manualSeed, randn, scope } from '../tensor/index.ts';
import { TinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import { TrainState } from './train-state.ts';

/** Losses with dropout, as bits. */
async function trainSmall(seed: number): Promise<string> {
  manualSeed({ seed, stream: 'init', step: 0, rank: 0, micro: 0 });
  const model = new SmallGpt({ dropout: 0.1 });
  const optimizer = new AdamW([{ parameters: model.parameters() }]);
  const task = {
    ...{ parameters: model.parameters(), optimizer },
    loadMicroBatch: ({ firstSample }: { firstSample: number }) => firstSample,
    lossOf: (sample: number) => {
      const [tokens, targets] = makeBatch(model, sample);
      const lossSum = model.loss(model.forward(tokens), targets, 'sum');
      return { lossSum, numTokens: tokens.numElements };
    },
  };
  const batch = { microBatchSize: 1, numMicroBatches: 2, clipNorm: 1 };
  const config = { numSteps: 15, ...batch, schedule: () => 1e-3, seed };
  const losses: number[] = [];
  for await (const { loss } of train(task, config, new TrainState())) losses.push(loss);
  model.dispose();
  optimizer.dispose();
  return Buffer.from(Float64Array.from(losses).buffer).toString('hex');
}

/** Timers that take time and draw from the same generator, as an evaluation between steps does. */
function loadEventLoop(): Disposable {
  const timers = [0, 1, 3].map((everyMs) =>
    setInterval(() => {
      scope(() => void randn([10]));
      for (const end = performance.now() + 1; performance.now() < end; );
    }, everyMs),
  );
  return { [Symbol.dispose]: () => timers.forEach(clearInterval) };
}

test('the same seed gives the same losses, also on a busy event loop', async () => {
  const quiet = await trainSmall(7);
  for (let run = 0; run < count({ test: 1, pr: 2, slow: 20 }); run++) {
    using _ = loadEventLoop();
    expect(await trainSmall(7)).toBe(quiet);
  }
  expect(await trainSmall(8)).not.toBe(quiet);
});

/** What each micro-batch of a rank draws, by its name. */
async function drawsOf(rank: number): Promise<Map<string, string>> {
  const draws = new Map<string, string>();
  using run = new TinyRun((loss, _, { step, micro }) => {
    const drawn = createHash('sha256')
      .update(randn([32]).toTypedArray())
      .digest('hex');
    draws.set(`step ${step}, rank ${rank}, micro ${micro}`, drawn);
    return loss;
  });
  for await (const _ of train(run.task, run.config(6, { numMicroBatches: 4, rank }), run.state));
  return draws;
}

test('every micro-batch of every rank draws numbers of its own, at each start the same', async () => {
  const ranks = await Promise.all([0, 1, 2, 3].map(drawsOf));
  const all = ranks.flatMap((draws) => [...draws.values()]);
  expect(all).toHaveLength(4 * 6 * 4);
  expect(new Set(all).size).toBe(all.length);
  expect(await drawsOf(2)).toEqual(ranks[2]);
});

test('streams of other names, seeds, steps, ranks and micro-batches have other seeds', () => {
  const seeds = ['init', 'train', 'shuffle', 'evaluate', 'rollout'].flatMap((stream) =>
    [0, 1, 2].flatMap((seed) =>
      [0, 1, 10, 11].flatMap((step) =>
        [0, 1, 10].flatMap((rank) =>
          [0, 1, 11].map((micro) => streamSeed({ seed, stream, step, rank, micro })),
        ),
      ),
    ),
  );
  // LibTorch's CPU generator uses the low half of a seed.
  expect(new Set(seeds.map((seed) => seed & 0xffffffffn)).size).toBe(5 * 3 * 4 * 3 * 3);
});
