/**
 * The whole way of fine-tuning a foreign model by LoRA: a Llama that transformers made is trained
 * here, its adapter is loaded by peft, and merged it is loaded by transformers. The last two at tier
 * `pr`, where ATHANOR_BENCH_PYTHON has peft.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addLora,
  exportModel,
  Gpt,
  growVocabulary,
  loadGpt,
  loadModel,
  mergeLora,
  modern,
  removeLora,
  saveAdapter,
} from '../src/model/index.ts';
import { trainableParameters } from '../src/nn/index.ts';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import { manualSeed, noGrad, scope, setNumThreads, tensor } from '../src/tensor/index.ts';
import { Tokenizer } from '../src/tokenizer/index.ts';
import { TrainState, train } from '../src/train/index.ts';
import { tier } from './tier.ts';

const python = process.env.ATHANOR_BENCH_PYTHON ?? '';
const canAsk =
  tier !== 'test' && python !== '' && spawnSync(python, ['-c', 'import peft']).status === 0;

/** Writes a tiny Llama with random weights into the folder of argv[1], as transformers saves it. */
const makeLlama = `
import sys, torch
from transformers import LlamaConfig, LlamaForCausalLM
torch.manual_seed(7)
config = LlamaConfig(vocab_size=300, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
    num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, initializer_range=0.2)
LlamaForCausalLM(config).save_pretrained(sys.argv[1])
`;

/** Prints the logits of base and adapter (argv[1], argv[2]), merged by peft too, and of the model argv[3]. */
const askAll = `
import json, sys, torch
from peft import PeftModel
from transformers import AutoModelForCausalLM
base, adapter, merged, tokens, vocab = sys.argv[1:]
ids = torch.tensor(json.loads(tokens))
model = AutoModelForCausalLM.from_pretrained(base)
if model.config.vocab_size != int(vocab):
    model.resize_token_embeddings(int(vocab), mean_resizing=False)
model = PeftModel.from_pretrained(model, adapter).eval()
out = {"adapter": model(input_ids=ids).logits}
out["unloaded"] = model.merge_and_unload()(input_ids=ids).logits
out["merged"] = AutoModelForCausalLM.from_pretrained(merged).eval()(input_ids=ids).logits
print(json.dumps({k: v.flatten().tolist() for k, v in out.items()}))
`;

const folder = mkdtempSync(join(tmpdir(), 'athanor-lora-'));
const place = (name: string) => join(folder, name);
beforeAll(() => setNumThreads(1));
afterAll(() => rmSync(folder, { recursive: true }));

const none = new Int32Array(0);
const tokenizer = new Tokenizer({
  tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  merges: { left: none, right: none, result: none },
  wholePieces: false,
  splitter: 'gpt2',
  specialTokens: new Map([['<|endoftext|>', 256]]),
});

const sentence = [[...tokenizer.encode('Why do you knock? Wait, I open.')]];

function logitsOf(model: Gpt): number[] {
  const logits = noGrad(() =>
    scope(() => model.logits(model.forward(tensor(sentence, { dtype: 'int64' }))).toArray()),
  );
  return (logits as number[][][]).flat(2);
}

/** Learns one sentence by heart. @returns the losses */
async function fineTune(model: Gpt): Promise<number[]> {
  const parameters = trainableParameters(model);
  const optimizer = new AdamW(decayMatricesOnly(parameters, 0.01));
  const targets = sentence.map((row) => [...row.slice(1), 256]);
  const lossOf = () => {
    const [ids, next] = [sentence, targets].map((rows) => tensor(rows, { dtype: 'int64' }));
    const lossSum = model.train().loss(ids as never, next as never, { reduction: 'sum' });
    return { lossSum, numTokens: sentence[0]?.length ?? 0 };
  };
  const task = { parameters, optimizer, loadMicroBatch: () => undefined, lossOf };
  const config = { numSteps: 20, microBatchSize: 1, numMicroBatches: 1, clipNorm: 1, seed: 1 };
  const losses: number[] = [];
  const loop = train(task, { ...config, schedule: () => 0.02 }, new TrainState());
  for await (const { loss } of loop) losses.push(loss);
  optimizer.dispose();
  model.eval();
  return losses;
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));
}

function runPython(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(python, ['-c', ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

const cases = [
  { vocabSize: 300, kind: 'the adapters alone' },
  { vocabSize: 304, kind: 'new tokens with them' },
];

test.each(cases)('a Llama learns by LoRA, $kind', async ({ vocabSize }) => {
  const [base, adapter, merged] = ['base', 'adapter', 'merged'].map((name) =>
    place(`${vocabSize}-${name}`),
  ) as [string, string, string];
  if (canAsk) runPython(makeLlama, base);
  else makeBase(base);
  using model = loadGpt(base);
  manualSeed(3);
  growVocabulary(model, vocabSize);
  addLora(model, { rank: 4, dropout: 0.05, trainEmbeddings: vocabSize > 300 });
  const losses = await fineTune(model);
  expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
  saveAdapter(model, adapter, { base, tokenizer });
  const expected = logitsOf(model);
  const loaded = await loadModel(adapter);
  expect(largestDifference(logitsOf(loaded.model), expected)).toBeLessThan(1e-4);
  loaded.model.dispose();
  mergeLora(model);
  removeLora(model);
  exportModel(model, tokenizer, merged);
  using again = loadGpt(merged);
  expect(logitsOf(again)).toEqual(logitsOf(model));
  if (!canAsk) return;
  const tokens = JSON.stringify(sentence);
  const theirs = JSON.parse(runPython(askAll, base, adapter, merged, tokens, String(vocabSize)));
  for (const name of ['adapter', 'unloaded', 'merged']) {
    expect(largestDifference(theirs[name], expected), name).toBeLessThan(1e-4);
  }
});

/** The same shape, where there is no Python. */
function makeBase(base: string): void {
  const size = { numLayers: 2, hiddenSize: 32, numHeads: 4, numKvHeads: 2, feedForwardSize: 48 };
  manualSeed(7);
  const shape = { ...size, contextLength: 64, vocabSize: 300, tiedEmbedding: false };
  using model = new Gpt(modern({ ...shape, qkNorm: false }));
  noGrad(() => {
    for (const parameter of model.parameters().values()) {
      if (parameter.dim === 2) parameter.normal_(0, 0.2);
    }
  });
  exportModel(model, tokenizer, base);
}
