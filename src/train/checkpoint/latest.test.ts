import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { FileError, NoUsableCheckpointError } from '../../base/index.ts';
import { TrainState } from '../train-state.ts';
import { latestCheckpoint } from './latest.ts';
import { CheckpointStore } from './store.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-latest-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test('the newest whole checkpoint is found, and nothing is touched', async () => {
  const find = (): string => latestCheckpoint(folder, (message) => warnings.push(message));
  const warnings: string[] = [];
  expect(find).toThrow(FileError);
  expect(() => latestCheckpoint(join(folder, 'missing'))).toThrow(/must hold a checkpoint/);

  const store = new CheckpointStore({ folder, facts: {}, retention: { keepLast: 3 } });
  for (const step of [10, 20]) {
    const state = { ...new TrainState().snapshot(), step };
    await store.save({ state, tensors: {}, documents: { 'config.json': '{}' } });
  }
  await store.close();
  fs.mkdirSync(join(folder, 'step-00000030.tmp-1'));
  expect(find()).toBe(join(folder, 'step-00000020'));

  const names = fs.readdirSync(folder);
  fs.appendFileSync(join(folder, 'step-00000020', 'config.json'), ' ');
  expect(find()).toBe(join(folder, 'step-00000010'));
  expect(warnings).toEqual([expect.stringContaining('step-00000020 is damaged and left out')]);
  fs.rmSync(join(folder, 'step-00000010', 'manifest.json'));
  expect(find).toThrow(NoUsableCheckpointError);
  expect(fs.readdirSync(folder)).toEqual(names);
});
