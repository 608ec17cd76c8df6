/** Packed conversations have the loss and the gradients that each of them has alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SeededRandom } from '../base/index.ts';
import {
  type ConversationDataset,
  openConversations,
  PackedBatches,
  writeConversations,
} from '../batches/index.ts';
import { scope, setNumThreads, tensor } from '../tensor/index.ts';
import { type Gpt, type GptConfig, packedBackwardBySegments, packedLoss } from './index.ts';
import { kinds, randomModel, tokenizer } from './testing/random-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-packed-'));
const numConversations = 30;
let dataset: ConversationDataset;

beforeAll(async () => {
  setNumThreads(1);
  const random = new SeededRandom(1);
  const conversations = Array.from({ length: numConversations }, () => {
    const length = 8 + random.int(50);
    const ids = Uint32Array.from({ length }, () => random.int(256));
    const learned = Uint8Array.from(ids, (_, i) => Number(i > 1 && random.int(2) === 0));
    learned[length - 1] = 1;
    return { dataset: 'a', conversation: { ids, learned, turns: new Int16Array(length) } };
  });
  const directory = join(folder, 'data');
  await writeConversations({ directory, tokenizer, datasets: ['a'], conversations });
  dataset = openConversations(join(directory, 'a'));
});
afterAll(() => {
  dataset.close();
  rmSync(folder, { recursive: true });
});

/** The gradients of all parameters, which are cleared. */
function takeGradients(model: Gpt): Map<string, number[]> {
  const entries = [...model.parameters()].map(([name, parameter]): [string, number[]] => {
    const values = scope(() => [...(parameter.grad?.toTypedArray() ?? [])].map(Number));
    parameter.grad = null;
    return [name, values];
  });
  return new Map(entries);
}

/** Each conversation in a forward pass of its own, without any of the means of packing. */
function alone(model: Gpt): { loss: number; gradients: Map<string, number[]> } {
  let loss = 0;
  for (let i = 0; i < numConversations; i++) {
    const { ids, learned } = dataset.conversation(i);
    scope(() => {
      const shape = [1, ids.length - 1];
      const tokens = tensor(BigInt64Array.from(ids.subarray(0, -1), BigInt), { shape });
      const next = [...ids.subarray(1)].map((id, at) => (learned[at + 1] === 1 ? id : -100));
      const targets = tensor(BigInt64Array.from(next, BigInt), { shape });
      const sum = model.loss(tokens, targets, { reduction: 'sum' });
      sum.backward();
      loss += sum.item();
    });
  }
  return { loss, gradients: takeGradients(model) };
}

/** The largest difference of a gradient, as a share of the largest magnitude of its tensor. */
function worst(gradients: Map<string, number[]>, expected: Map<string, number[]>): number {
  const errors = [...expected].map(([name, wanted]) => {
    const got = gradients.get(name) ?? [];
    const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return Math.max(...wanted.map((x, i) => Math.abs(x - (got[i] ?? NaN)))) / largest;
  });
  return Math.max(...errors);
}

const contextLength = 100;

it.each<[string, GptConfig]>([
  ...Object.entries(kinds).map(([name, config]): [string, GptConfig] => [
    name,
    { ...config, contextLength },
  ]),
  ['banded', { ...kinds.llama, contextLength, bandedAttention: 5 } as GptConfig],
])('%s', (_, config) => {
  using model = randomModel(config).train();
  const expected = alone(model);
  const batches = new PackedBatches({ sources: [{ dataset }], contextLength, seed: 1 });
  const numRows = batches.samplesOfEpochs(1);
  expect(numRows).toBeLessThan(numConversations / 2);
  const packed = scope(() => {
    const sum = packedLoss(model, batches.batchAt(0, numRows));
    sum.backward();
    return sum.item();
  });
  expect(Math.abs(packed / expected.loss - 1)).toBeLessThan(1e-5);
  expect(worst(takeGradients(model), expected.gradients)).toBeLessThan(1e-5);
  const bySegments = scope(() => packedBackwardBySegments(model, batches.batchAt(0, numRows), 1n));
  expect(Math.abs(bySegments / expected.loss - 1)).toBeLessThan(1e-5);
  expect(worst(takeGradients(model), expected.gradients)).toBeLessThan(1e-5);
});

it('differs where a conversation sees the one before, or where positions run on', () => {
  using model = randomModel({ ...kinds.llama, contextLength: 100 } as GptConfig);
  const { loss } = alone(model);
  const batches = new PackedBatches({ sources: [{ dataset }], contextLength: 100, seed: 1 });
  const sum = scope(() => {
    const { tokens, targets } = batches.batchAt(0, batches.samplesOfEpochs(1));
    return model.loss(tokens, targets, { reduction: 'sum' }).item();
  });
  expect(Math.abs(sum / loss - 1)).toBeGreaterThan(1e-3);
});
