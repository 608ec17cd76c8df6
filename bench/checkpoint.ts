/**
 * What checkpoints cost while training goes on: 50 steps with one save against 50 steps without, the
 * real loop and the real store. Our own rival: there is no other program in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gpt, type GptConfig, modern } from '../src/model/index.ts';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import { buildInfo, keep, manualSeed, numThreads, randint, scope } from '../src/tensor/index.ts';
import { CheckpointStore, TrainState, train } from '../src/train/index.ts';
import { type Benchmark, inProcess, raceOf } from './harness/index.ts';

const stepsPerSave = 50;
/** Time with checkpoints may be 1.05 times the time without. */
const target = 1 / 1.05;

const settings = {
  ...{ microBatchSize: 1, numMicroBatches: 1, clipNorm: 1, seed: 1 },
  schedule: () => 1e-4,
};

interface Size {
  config: GptConfig;
  batchSize: number;
}

const quickstart = { numLayers: 6, hiddenSize: 192, numHeads: 6, contextLength: 128 };
const middle = { numLayers: 6, hiddenSize: 384, numHeads: 6, contextLength: 256 };
const sizes: Readonly<Record<string, Size>> = {
  'quickstart, 2.8M, batch 8 × 128': {
    config: modern({ ...quickstart, vocabSize: 2048 }),
    batchSize: 8,
  },
  '12M, batch 4 × 256': {
    config: modern({ ...middle, vocabSize: 4096, feedForwardSize: 1152 }),
    batchSize: 4,
  },
};

export const benchmark: Benchmark = {
  description: 'training with a checkpoint every 50 steps, against training without',
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: Object.entries(sizes).map(([name, size]) =>
    raceOf(`${stepsPerSave} steps and a save, ${name}`, () => {
      const training = prepare(size);
      return {
        scale: { unit: 'ms/step', fromSeconds: (seconds) => (seconds * 1e3) / stepsPerSave },
        target,
        ours: inProcess('with checkpoints', (numIterations) => training.run(numIterations, true)),
        theirs: inProcess('without', (numIterations) => training.run(numIterations, false)),
        close: training.close,
      };
    }),
  ),
};

function prepare({ config, batchSize }: Size) {
  manualSeed(1);
  const model = new Gpt(config);
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
  const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-'));
  const store = new CheckpointStore({ folder, facts: {} });
  const state = new TrainState();
  const { task, tokens, targets } = taskOf(model, optimizer, batchSize);
  const save = () => store.save({ state: state.snapshot(), tensors: tensorsOf(model, optimizer) });
  return {
    /** A save comes first, so that it is written while its own 50 steps run. */
    async run(numIterations: number, isSaving: boolean): Promise<void> {
      for (let iteration = 0; iteration < numIterations; iteration++) {
        if (isSaving) await save();
        const numSteps = state.step + stepsPerSave;
        for await (const _ of train(task, { ...settings, numSteps }, state));
      }
      await store.flush();
    },
    close() {
      for (const each of [tokens, targets, model, optimizer]) each.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The same random tokens in every step. */
function taskOf(model: Gpt, optimizer: AdamW, batchSize: number) {
  const { vocabSize, contextLength } = model.config;
  const draw = () => scope(() => keep(randint(vocabSize, [batchSize, contextLength])));
  const [tokens, targets] = [draw(), draw()];
  const lossOf = () => {
    const lossSum = model.loss(tokens, targets, { reduction: 'sum' });
    return { lossSum, numTokens: tokens.numElements };
  };
  const parameters = model.parameters();
  const task = { parameters, optimizer, loadMicroBatch: () => undefined, lossOf };
  return { task, tokens, targets };
}

function tensorsOf(model: Gpt, optimizer: AdamW) {
  return {
    'model.safetensors': model.stateDict(),
    'training-state.safetensors': optimizer.stateDict(),
  };
}
