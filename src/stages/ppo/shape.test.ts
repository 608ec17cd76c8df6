/** What is compared before anything is trained. */
import { beforeAll, expect, test } from 'vitest';
import { tokenizer } from '../../../tests/tiny-chat-models.ts';
import { computeDtype, type Precision } from '../../nn/index.ts';
import { setNumThreads } from '../../tensor/index.ts';
import { withDefaults } from './config.ts';
import { shapeEpisodes } from './shape.ts';

beforeAll(() => setNumThreads(1));

/** A rollout whose generation engine was off by so many nats at each token. */
function shapeWith(precision: Precision, engineError: number): () => unknown {
  const config = withDefaults({
    ...{ prompts: [], numUpdates: 1, rolloutSize: 2, maxTokens: 3, precision },
    ...{ microBatchSize: 2, checkpointEvery: 1, schedule: { kind: 'linear', peak: 1 } },
  });
  const logprobs = [Float32Array.from([-1, -2, -0.5]), Float32Array.from([-0.25, -3])];
  const episodes = logprobs.map((row) => ({
    ...{ prompt: Uint32Array.from([1, 2]), answer: Array.from(row, () => 3), finished: true },
    engineLogprobs: Array.from(row, (logprob) => logprob + engineError),
  }));
  const measured = logprobs.map((row, i) => ({
    ...{ logprobs: row, referenceLogprobs: row, entropies: row.map(() => 1), score: i },
    values: row.map((_, t) => 0.1 * t),
  }));
  const options = { config, beta: 0.1, tokenizer, checks: true };
  return () => shapeEpisodes(episodes, measured, options);
}

test('generation and training agree as far as the numbers allow that are multiplied', () => {
  const refusal = /generation and training before the first update: .* at most 0.00002, got 0.0001/;
  expect(shapeWith('fp32', 1e-6)).not.toThrow();
  expect(shapeWith('fp32', 1e-4)).toThrow(refusal);
  expect(shapeWith('bf16', 1e-4)).not.toThrow();
  expect(shapeWith('bf16', 0.1)).toThrow(
    /the mean distance of two log-probabilities must be at most 0.02/,
  );
});

test('auto is judged as what it comes to on this machine', () => {
  const judged = expect(shapeWith('auto', 1e-4));
  if (computeDtype('auto', 'cpu') === 'float32') judged.toThrow(/at most 0.00002/);
  else judged.not.toThrow();
});
