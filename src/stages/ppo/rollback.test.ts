/**
 * Going back: what a run has then is what it had at that checkpoint, to the last bit, but for its place
 * among the prompts and what the guard must not forget (reliability H3, H7).
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TinyPpo } from '../../../tests/tiny-ppo.ts';
import { scope, setNumThreads } from '../../tensor/index.ts';
import { CheckpointStore } from '../../train/index.ts';

/** From this update on every token is clipped, until the run has gone back. */
const firstTrouble = 4;

vi.mock('../../rl/index.ts', async (original) => {
  const real = await original<typeof import('../../rl/index.ts')>();
  const judgePpoStep: typeof real.judgePpoStep = (state, signs, update) => {
    const isTrouble = update >= firstTrouble && state.rollbackUpdates.length === 0;
    const clipFraction = isTrouble ? 1 : signs.clipFraction;
    return real.judgePpoStep(state, { ...signs, clipFraction }, update);
  };
  return { ...real, judgePpoStep };
});

let tiny: TinyPpo;

beforeAll(() => {
  setNumThreads(1);
  tiny = new TinyPpo();
});
afterAll(() => tiny.remove());

const changes = {
  ...{ numUpdates: 8, rolloutSize: 8, minibatchSize: 4, numEpochs: 2, checkpointEvery: 1 },
  kl: { type: 'adaptive', beta: 0.1, target: 6, horizon: 100 },
  ema: 0.9,
} as const;

/** All that a save is given, in bits. */
function bitsOf({ state, tensors, documents = {} }: Parameters<CheckpointStore['save']>[0]) {
  const hashes = Object.entries(tensors).flatMap(([file, named]) =>
    [...named].map(([name, one]) => {
      const data = scope(() => one.contiguous().toTypedArray());
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return [`${file} ${name}`, createHash('sha256').update(bytes).digest('hex')] as const;
    }),
  );
  const { 'ppo.json': progress, ...others } = documents;
  return { state, tensors: hashes, progress: JSON.parse(String(progress)), documents: others };
}

/** What each save is given from now on. */
function recordSaves() {
  const saves: ReturnType<typeof bitsOf>[] = [];
  const { save } = CheckpointStore.prototype;
  const spy = vi.spyOn(CheckpointStore.prototype, 'save');
  spy.mockImplementation(function (this: CheckpointStore, content) {
    saves.push(bitsOf(content));
    return save.call(this, content);
  });
  return saves;
}

test('after going back all is as it was, but for prompts and guard', async () => {
  const saves = recordSaves();
  const stop = {
    get isRequested() {
      return tiny.told.includes('roll back');
    },
  };
  expect((await tiny.run(changes, { stop })).result).toBeUndefined();
  expect(tiny.told).toMatch(
    /update 6: roll back: 100 % of tokens clipped.*; 3 epochs were stopped/,
  );
  expect(saves.map(({ state: { step } }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 1]);
  const [was, before, is] = [saves[1], saves[6], saves[7]];
  const files = was?.tensors.map(([name]) => name.split(' ')[0]);
  expect([...new Set(files)].sort()).toEqual([
    ...['ema.safetensors', 'model.safetensors'],
    ...['training-state.safetensors', 'value.safetensors'],
  ]);
  expect(before?.tensors).not.toEqual(was?.tensors);
  expect(before?.progress.beta).not.toBe(was?.progress.beta);
  const { guard } = was?.progress ?? {};
  const progress = { ...was?.progress, guard: { ...guard, rollbackUpdates: [6] } };
  // Seven updates have asked eight prompts each; none of them is asked again in this epoch.
  const gone = { step: 6, reason: 'went back', firstSample: 8, endSample: 56 };
  const spikes = { ...was?.state.guard, rollbackSteps: [6] };
  const state = { ...was?.state, consumedSamples: 56, ledger: [gone], guard: spikes };
  expect(is).toEqual({ ...was, progress, state });
});
