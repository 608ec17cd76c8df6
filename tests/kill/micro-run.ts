/**
 * A small training run that survives everything, for tests that try to destroy it:
 *
 *     node --import tsx tests/kill/micro-run.ts '{"folder": "/tmp/run"}'
 *
 * It prints `ready at step N` when training begins. metrics.jsonl gets the loss of each step as its bits, and
 * result.json, at the end, the hashes of what was trained.
 */
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthanorError,
  JsonLinesFile,
  openRunDirectory,
  type RunDirectory,
  writeFileAtomic,
} from '../../src/base/index.ts';
import { AdamW, cosine, decayMatricesOnly } from '../../src/optim/index.ts';
import { manualSeed, setNumThreads, type Tensor } from '../../src/tensor/index.ts';
import {
  CheckpointStore,
  resume,
  rollBack,
  runFacts,
  StopSignals,
  type TrainConfig,
  TrainState,
  type TrainTask,
  train,
} from '../../src/train/index.ts';
import { makeBatch, SmallGpt } from '../small-gpt.ts';

export interface MicroRunConfig {
  folder: string;
  numSteps?: number;
  saveEvery?: number;
  /** Makes the run longer, so that there are more moments at which it can be killed. */
  stepDelayMs?: number;
  /** Sample → what the gradients of its micro-batch are multiplied by; null makes them NaN. */
  spoiled?: Readonly<Record<number, number | null>>;
}

type Config = Required<MicroRunConfig>;

async function main(config: Config): Promise<number> {
  // Never closed: a signal between the last save and the exit must not change the exit code.
  const signals = new StopSignals();
  using run = openRunDirectory(config.folder, { numSteps: config.numSteps });
  const parts = await prepare(config, run);
  const { state, metrics, store } = parts;
  console.log(`ready at step ${state.step}`);
  for await (const report of train(parts.task, trainConfig(config), state, signals)) {
    const { step, loss, skipped, rollback } = report;
    metrics.append({ step, loss: hexOf(loss), skipped });
    if (rollback !== undefined) {
      await rollBack(rollback, store, state, parts.targets);
      metrics.cut(isBefore(state.step));
    } else if (state.step % config.saveEvery === 0) await parts.save();
    if (config.stepDelayMs > 0) await sleep(config.stepDelayMs);
  }
  await parts.save();
  const outcome = await store.flush();
  await store.close();
  if (signals.isRequested) return signals.exitCode;
  const { step, ledger, consumedSamples } = state;
  const result = { ...parts.hashes(), step, ledger, consumedSamples, isSaved: outcome?.isSaved };
  writeFileAtomic(run.file('result.json'), JSON.stringify(result));
  return 0;
}

async function prepare(config: Config, run: RunDirectory) {
  setNumThreads(1);
  manualSeed(5);
  const model = new SmallGpt({ dropout: 0.1 });
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
  const targets = { 'model.safetensors': model, 'training-state.safetensors': optimizer };
  const recipe = { numSteps: config.numSteps };
  const facts = runFacts({ recipe, seeds: { data: 1 }, precision: 'fp32', device: 'cpu' });
  const alarm = (message: string) => appendFileSync(run.file('alarms.log'), `${message}\n`);
  const store = new CheckpointStore({ folder: run.file('checkpoints'), facts, alarm });
  const state = new TrainState();
  await resume({ store, state, targets, facts });
  const metrics = new JsonLinesFile(run.file('metrics.jsonl'), isBefore(state.step));
  const tensors = () => ({
    'model.safetensors': model.stateDict(),
    'training-state.safetensors': optimizer.stateDict(),
  });
  const documents = { 'config.json': JSON.stringify(model.config) };
  return {
    ...{ state, store, targets, metrics, task: taskOf(model, optimizer, config) },
    save: () => store.save({ state: state.snapshot(), tensors: tensors(), documents }),
    hashes: () => ({ model: hashOf(model.stateDict()), optimizer: hashOf(optimizer.stateDict()) }),
  };
}

function taskOf(model: SmallGpt, optimizer: AdamW, { spoiled }: Config): TrainTask<number> {
  return {
    parameters: model.parameters(),
    optimizer,
    loadMicroBatch: ({ firstSample }) => firstSample,
    lossOf: (sample) => {
      const [tokens, targets] = makeBatch(model, sample);
      const lossSum = model.loss(model.forward(tokens), targets, 'sum');
      const factor = spoiled[sample] === null ? Number.NaN : (spoiled[sample] ?? 1);
      return {
        lossSum: factor === 1 ? lossSum : lossSum.mul(factor),
        numTokens: tokens.numElements,
      };
    },
  };
}

function trainConfig({ numSteps }: Config): TrainConfig {
  const schedule = cosine({ peak: 3e-3, totalSteps: numSteps, warmupSteps: 5 });
  return { numSteps, microBatchSize: 1, numMicroBatches: 2, schedule, clipNorm: 1, seed: 1 };
}

const isBefore = (end: number) => (value: unknown) => (value as { step: number }).step < end;

function hexOf(loss: number): string {
  return Buffer.from(Float64Array.of(loss).buffer).toString('hex');
}

function hashOf(tensors: ReadonlyMap<string, Tensor>): string {
  const hash = createHash('sha256');
  for (const [name, tensor] of tensors) hash.update(name).update(tensor.toTypedArray());
  return hash.digest('hex');
}

const defaults = { numSteps: 40, saveEvery: 10, stepDelayMs: 0, spoiled: {} };
const given = JSON.parse(process.argv[2] ?? '{}') as MicroRunConfig;
main({ ...defaults, ...given }).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(error instanceof AthanorError ? error.exitCode : 1);
  },
);
