import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { NoUsableCheckpointError, SeededRandom } from '../../base/index.ts';
import { keep, type Tensor, tensor } from '../../tensor/index.ts';
import { TrainState } from '../train-state.ts';
import { CheckpointStore } from './store.ts';

let folder = '';
let template = '';
let alarms: string[] = [];
const weights = new Map<string, Tensor>();

beforeAll(async () => {
  template = fs.mkdtempSync(join(tmpdir(), 'athanor-store-'));
  weights.set('w', keep(tensor(Float32Array.from({ length: 3000 }, (_, i) => i))));
  const store = openStore(join(template, 'good'));
  for (const step of [10, 20, 30]) await store.save(contentAt(step));
  await store.close();
});
afterAll(() => {
  fs.rmSync(template, { recursive: true });
  for (const weight of weights.values()) weight.dispose();
});
beforeEach(() => {
  alarms = [];
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-store-'));
  fs.cpSync(join(template, 'good'), folder, { recursive: true });
  return () => fs.rmSync(folder, { recursive: true });
});

function openStore(path: string): CheckpointStore {
  const retention = { keepLast: 3 };
  return new CheckpointStore({
    folder: path,
    facts: {},
    retention,
    alarm: (text) => alarms.push(text),
  });
}

function contentAt(step: number) {
  const state = { ...new TrainState().snapshot(), step };
  return { state, tensors: { 'model.safetensors': weights }, documents: { 'config.json': '{}' } };
}

const damages = ['flip', 'truncate', 'zero', 'remove', 'swap'] as const;

function damage(kind: (typeof damages)[number], random: SeededRandom): void {
  const names = ['model.safetensors', 'manifest.json', 'config.json'];
  const name = kind === 'zero' ? 'model.safetensors' : random.pick(names);
  const path = join(folder, 'step-00000030', name);
  const bytes = fs.readFileSync(path);
  const at = random.int(bytes.length);
  if (kind === 'flip') bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
  if (kind === 'zero') bytes.fill(0, 4096, 8192);
  if (kind === 'remove') fs.rmSync(path);
  else fs.writeFileSync(path, kind === 'truncate' ? bytes.subarray(0, at) : bytes);
  if (kind === 'swap')
    fs.cpSync(
      join(folder, 'step-00000020', 'manifest.json'),
      join(folder, 'step-00000030', 'manifest.json'),
    );
}

test('every damage is noticed, set aside, and the checkpoint before is used', async () => {
  const random = new SeededRandom(7);
  for (let trial = 0; trial < count({ test: 20, pr: 100, slow: 1_400 }); trial++) {
    fs.rmSync(folder, { recursive: true });
    fs.cpSync(join(template, 'good'), folder, { recursive: true });
    alarms = [];
    const kind = damages[trial % damages.length] as (typeof damages)[number];
    damage(kind, random);
    const store = openStore(folder);
    expect((await store.load())?.step, kind).toBe(20);
    expect(alarms).toHaveLength(1);
    expect(fs.readdirSync(folder)).toContain('step-00000030.corrupt');
  }
});

test('when all are damaged nothing starts, now and the next time', async () => {
  for (const step of [10, 20, 30])
    fs.rmSync(join(folder, `step-000000${step}`, 'model.safetensors'));
  for (let start = 0; start < 2; start++) {
    await expect(openStore(folder).load()).rejects.toThrow(NoUsableCheckpointError);
  }
});

test('a new run finds none; a killed writer leaves nothing', async () => {
  fs.mkdirSync(join(folder, 'step-00000040.tmp-1'));
  await openStore(folder).load();
  expect(fs.existsSync(join(folder, 'step-00000040.tmp-1'))).toBe(false);
  expect(await openStore(join(folder, 'new')).load()).toBeUndefined();
});

test('a save that fails is an alarm, and the next one succeeds', async () => {
  const store = openStore(folder);
  // A file in the way of the folder: the rename cannot succeed.
  fs.renameSync(folder, `${folder}-away`);
  await store.save(contentAt(40));
  expect((await store.flush())?.isSaved).toBe(false);
  expect(alarms[0]).toContain('step 40 could not be saved');
  fs.renameSync(`${folder}-away`, folder);
  await store.save(contentAt(50));
  expect((await store.flush())?.isSaved).toBe(true);
  expect((await store.load())?.step).toBe(50);
  await store.close();
});

test('random saves and damages never lose the last two whole ones', async () => {
  const random = new SeededRandom(3);
  for (let trial = 0; trial < count({ test: 3, pr: 30, slow: 300 }); trial++) {
    const root = join(folder, `trial-${trial}`);
    const store = openStore(root);
    let whole: number[] = [];
    for (let step = 1; step <= 20; step++) {
      if (whole.length > 2 && random.next() < 0.3) {
        const victim = random.pick(whole);
        whole = whole.filter((other) => other !== victim);
        fs.truncateSync(
          join(root, `step-${String(victim).padStart(8, '0')}`, 'model.safetensors'),
          9,
        );
      }
      await store.save(contentAt(step));
      await store.flush();
      const left = fs.readdirSync(root);
      whole = [...whole, step];
      const lastTwo = whole.slice(-2).map((kept) => `step-${String(kept).padStart(8, '0')}`);
      expect(left).toEqual(expect.arrayContaining(lastTwo));
      whole = whole.filter((kept) => left.includes(`step-${String(kept).padStart(8, '0')}`));
    }
    await store.close();
  }
});
