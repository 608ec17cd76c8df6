/** Fine-tuning from a model folder and a file of conversations to a model that answers. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { openRunDirectory, type StageContext } from '../base/index.ts';
import { chatTemplateOf } from '../chat/index.ts';
import { exportModel, Gpt, loadAdapter, loadGpt, loadModel, modern } from '../model/index.ts';
import { manualSeed, noGrad, scope, setNumThreads, tensor } from '../tensor/index.ts';
import { type SftConfig, sft } from './index.ts';

const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-sft-'));
const base = join(folder, 'base');
const data = join(folder, 'conversations.jsonl');
let numRuns = 0;

const tokenizer = byteTokenizer();

/** A model whose vocabulary has no room for the template's tokens. */
function writeBase(path: string, seed: number): void {
  manualSeed(seed);
  const size = { numLayers: 2, hiddenSize: 32, numHeads: 2, contextLength: 64, vocabSize: 257 };
  using model = new Gpt(modern(size));
  exportModel(model, tokenizer, path);
}

beforeAll(() => {
  setNumThreads(1);
  writeBase(base, 1);
  const rows = Array.from({ length: 120 }, (_, i) => ({
    messages: [
      { role: 'user', content: `${i} ${['up', 'down'][i % 2]}?` },
      { role: 'assistant', content: ['it goes up', 'it goes down'][i % 2] },
    ],
  }));
  const lines = [...rows, { messages: [{ role: 'robot', content: 'x' }] }, rows[0]];
  fs.writeFileSync(data, lines.map((row) => `${JSON.stringify(row)}\n`).join(''));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const config: SftConfig = {
  data: [{ files: [data] }],
  ...{ base, heldOut: 0.2, numSteps: 12, microBatchSize: 2, numMicroBatches: 2 },
  schedule: { kind: 'cosine', peak: 1e-2, warmupSteps: 2 },
  ...{ checkpointEvery: 5, evaluateEvery: 4, precision: 'fp32', peakFlops: 1e9 },
};

/** A task that no conversation asks, and one that is asked in line 4. */
const taskOf = (content: string) => ({
  ...{ id: content, kind: 'counting', rule: { type: 'equals', answers: ['2'] } },
  messages: [{ role: 'user', content }],
});
const taskGenerators = { new: () => [taskOf('1000 up?')], known: () => [taskOf('3 down?')] };
const flat = { kind: 'linear', peak: 1e-2 } as const;

/** @param stopAfter how often the stage may ask whether it must stop before it is told so */
async function run(changes: Partial<SftConfig>, path?: string, stopAfter = Infinity) {
  const place = path ?? join(folder, `run-${numRuns++}`);
  using directory = openRunDirectory(place, {});
  let numAsked = 0;
  const stop = {
    get isRequested() {
      return ++numAsked > stopAfter;
    },
  };
  const context: StageContext = {
    ...{ name: 'test', run: directory, seed: 1, stop, progress: { stream: { write: () => {} } } },
    ...{ generators: {}, conversationGenerators: {}, taskGenerators, goldGenerators: {} },
  } as StageContext;
  const result = await sft({ ...config, ...changes }, context);
  return { place: join(place, 'sft'), path: place, result };
}

const hashOf = (path: string) => createHash('sha256').update(fs.readFileSync(path)).digest('hex');

/** Everything that is trained, and every number on the way. */
function traceOf(place: string) {
  const checkpoint = join(place, 'checkpoints/step-00000012');
  const files = fs.readdirSync(checkpoint).filter((name) => name.endsWith('.safetensors'));
  const lines = fs.readFileSync(join(place, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const losses = lines.map((line) => {
    const { step, loss, 'validation/loss': heldOut } = JSON.parse(line);
    return { step, loss, heldOut };
  });
  const model = hashOf(join(place, 'model/model.safetensors'));
  return { files: files.map((name) => hashOf(join(checkpoint, name))), losses, model };
}

it('counts rows, adds the tokens of the template, learns answers and keeps the best', async () => {
  const { place, result } = await run({ targets: { loss: 4 } });
  expect(result?.metrics).toMatchObject({ numRead: 122, numKept: 120, numSteps: 12 });
  expect(result?.metrics.fillRatio).toBeGreaterThan(0.8);
  expect(result?.checks).toMatchObject([{ name: 'held-out loss', pass: true }]);
  const { losses } = traceOf(place);
  const heldOut = losses.filter((line) => line.heldOut !== undefined);
  expect(heldOut.map(({ step }) => step)).toEqual([3, 7, 11]);
  const { model, tokenizer, generationConfig } = await loadModel(join(place, 'model'));
  model.dispose();
  expect([model.config.vocabSize, tokenizer.vocabSize]).toEqual([261, 261]);
  expect(generationConfig.stopTokens).toEqual([260, 256]);
  expect((await chatTemplateOf(join(place, 'model'), tokenizer))?.name).toBe('athanor');
});

it('refuses a conversation that asks what the model will be evaluated on', async () => {
  expect(
    (await run({ keepOut: { generator: 'new' }, numSteps: 1, schedule: flat })).result,
  ).toBeDefined();
  const known = run({ keepOut: { generator: 'known' } });
  await expect(known).rejects.toThrow(
    /jsonl:4\) must ask nothing that sft.keepOut asks, got "3 down/,
  );
  await expect(run({ keepOut: { generator: 'x' } })).rejects.toThrow(/be one of new, known/);
  const file = join(folder, 'tasks.jsonl');
  fs.writeFileSync(file, `${JSON.stringify(taskOf('3 down?'))}\n`);
  await expect(run({ keepOut: { files: [file] } })).rejects.toThrow(/jsonl:4\) must ask nothing/);
});

it.each<[string, Partial<SftConfig>]>([
  ['the whole model', { gradientCheckpointing: true }],
  ['adapters', { lora: { rank: 4, dropout: 0.1 } }],
])('goes on to the same bits where it was stopped: %s', async (_, changes) => {
  const whole = await run(changes);
  const stopped = await run(changes, undefined, 13);
  expect(stopped.result).toBeUndefined();
  const again = await run(changes, stopped.path);
  expect(again.result?.metrics).toEqual(whole.result?.metrics);
  expect(traceOf(again.place)).toEqual(traceOf(whole.place));
});

it('has the same losses with gradient checkpointing, up to rounding', async () => {
  const losses = async (changes: Partial<SftConfig>) =>
    traceOf((await run(changes)).place).losses.map(({ loss, heldOut }) => loss ?? heldOut);
  const plain = await losses({});
  const bySegments = await losses({ gradientCheckpointing: true });
  for (const [i, loss] of plain.entries()) expect(bySegments[i]).toBeCloseTo(loss, 3);
});

it('takes the checkpoint of the lowest validation loss, not the last', async () => {
  const rising = { kind: 'linear', peak: 3, warmupSteps: 12, final: 3 } as const;
  const { place, result } = await run({ schedule: rising, evaluateEvery: 1, checkpointEvery: 12 });
  const heldOut = traceOf(place).losses.flatMap(({ step, heldOut }) =>
    heldOut === undefined ? [] : [{ step: step + 1, loss: heldOut as number }],
  );
  const [best] = heldOut.toSorted((a, b) => a.loss - b.loss);
  expect(best?.step).toBeLessThan(12);
  expect(result?.metrics).toMatchObject({ selectedStep: best?.step, loss: best?.loss });
  const checkpoint = join(place, 'checkpoints', `step-${String(best?.step).padStart(8, '0')}`);
  expect(hashOf(join(place, 'model/model.safetensors'))).toBe(
    hashOf(join(checkpoint, 'model.safetensors')),
  );
});

it('trains adapters and nothing else, and leaves them alone and merged', async () => {
  const lora = { rank: 2, trainEmbeddings: false };
  const { place } = await run({ lora });
  using adapted = loadGpt(base);
  using merged = loadGpt(join(place, 'model'));
  expect(merged.config.vocabSize).toBe(261);
  const logits = (model: Gpt) =>
    noGrad(() =>
      scope(() => {
        const tokens = tensor(BigInt64Array.of(48n, 32n, 117n), { shape: [1, 3] });
        return (model.logits(model.forward(tokens)).toArray() as number[][][]).flat(2);
      }),
    ).filter((_, i) => i % merged.config.vocabSize < 257);
  const { growVocabulary } = await import('../model/index.ts');
  growVocabulary(adapted, 261);
  const before = logits(adapted);
  loadAdapter(adapted, join(place, 'adapter'));
  const [ours, theirs] = [logits(adapted), logits(merged)];
  for (const [i, value] of ours.entries()) expect(theirs[i]).toBeCloseTo(value, 4);
  expect(ours).not.toEqual(before);
});

it('goes on from an adapter as from any base, merged when it is loaded', async () => {
  const still = { kind: 'linear', peak: 1e-12 } as const;
  const { place } = await run({ lora: { rank: 2 }, numSteps: 2, schedule: flat });
  const again = await run({ base: join(place, 'adapter'), numSteps: 1, schedule: still });
  using merged = loadGpt(join(place, 'model'));
  using next = loadGpt(join(again.place, 'model'));
  const [ours, theirs] = [next, merged].map((model) => model.stateDict());
  for (const [name, tensor] of theirs ?? []) {
    expect(ours?.get(name)?.allclose(tensor, 1e-5, 1e-6), name).toBe(true);
  }
});

it('refuses before the first step what does not belong together', async () => {
  const other = join(folder, 'other');
  writeBase(other, 2);
  const { path } = await run({});
  await expect(run({ base: other }, path)).rejects.toThrow(/inputs\.base: .*\(refuse\)/s);
  const changed = join(folder, 'changed.jsonl');
  fs.writeFileSync(changed, fs.readFileSync(data, 'utf8').replace('goes up', 'went up'));
  const files = [changed];
  await expect(run({ data: [{ files }] }, path)).rejects.toThrow(/inputs\.conversations: /);
  await expect(run({ lora: { rank: 1 } }, path)).rejects.toThrow(/recipe\.lora\.rank: absent/);
  await expect(run({ contextLength: 65 })).rejects.toThrow(/at most 64, the base model's/);
  await expect(run({ template: 'own' })).rejects.toThrow(/must be athanor or chatml/);
  const tuned = join(path, 'sft/model');
  await expect(run({ base: tuned, template: 'chatml' })).rejects.toThrow(/be that of the base/);
  const generator = 'none';
  await expect(run({ data: [{ generator }] })).rejects.toThrow(/sft\.data\.0\.generator/);
  const empty = join(folder, 'empty.jsonl');
  fs.writeFileSync(empty, '{"messages": []}\n');
  await expect(run({ data: [{ files: [empty] }] })).rejects.toThrow(/got none of 1: 1 no messages/);
});
