import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { saveSafetensors, tensor } from '../tensor/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

let folder = '';
const output = captureOutput();
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-inspect-'));
  return () => {
    fs.rmSync(folder, { recursive: true });
  };
});

function writeModel(): void {
  const weight = tensor([
    [3, 0],
    [0, 4],
    [12, 0],
  ]);
  const steps = tensor([5], { dtype: 'int64' });
  saveSafetensors(join(folder, 'model.safetensors'), { weight });
  saveSafetensors(join(folder, 'training-state.safetensors'), { steps });
  for (const each of [weight, steps]) each.dispose();
  fs.writeFileSync(join(folder, 'config.json'), '{}');
}

test('files, tensors, norms and totals of a folder', async () => {
  writeModel();
  expect(await main(['inspect', folder])).toBe(exitCodes.done);
  const lines = output.printed.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));
  expect(lines).toContain('config.json  2 bytes');
  expect(lines).toContain('weight  float32  [3, 2]  6  24 bytes  13.00');
  expect(lines).toContain('steps  int64  [1]  1  8 bytes  5.000');
  expect(lines.at(-2)).toMatch(/^3 files, \d+ bytes; 2 tensors with 7 values$/);

  output.printed = '';
  await main(['inspect', folder, '--json', '--shape-only']);
  const facts = JSON.parse(output.printed);
  expect(facts.total).toMatchObject({ numFiles: 3, numTensors: 2, numElements: 7 });
  expect(facts.tensors[0]).toEqual({
    ...{ file: 'model.safetensors', name: 'weight', dtype: 'float32', shape: [3, 2] },
    ...{ numElements: 6, sizeBytes: 24, norm: null },
  });
});

test('175 billion parameters, part by part', async () => {
  expect(await main(['inspect', 'gpt3-175b', '--shape-only'])).toBe(exitCodes.done);
  const lines = output.printed.split('\n').map((line) => line.replace(/ {2,}/g, '  '));
  expect(lines).toContain('attention  57,986,777,088  33.210 %');
  expect(lines).toContain('feed-forward  115,970,015,232  66.419 %');
  expect(lines).toContain('output layer  0  0.000 %  (the token embedding)');
  expect(lines).toContain('total  174,604,259,328  100.000 %');
  expect(lines).toContain('weights: 698.4 GB in float32, 349.2 GB in 16 bits');
  output.printed = '';
  await main(['inspect', 'llama3-8b', '--shape-only', '--json']);
  expect(JSON.parse(output.printed)).toMatchObject({
    config: { numLayers: 32 },
    parameters: { outputLayer: 525_336_576, total: 8_030_261_248 },
  });
});

test('what there is not, and what is damaged', async () => {
  expect(await main(['inspect', 'gpt3-175b'])).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/hint: athanor inspect gpt3-175b --shape-only/);
  expect(await main(['inspect', 'gpt4', '--shape-only'])).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/the preset must be one of gpt1, gpt2-124m, .* got gpt4/);
  expect(await main(['inspect', join(folder, 'missing')])).toBe(exitCodes.usage);
  expect(await main(['inspect', folder])).toBe(exitCodes.usage);
  writeModel();
  fs.truncateSync(join(folder, 'model.safetensors'), 60);
  expect(await main(['inspect', folder])).toBe(exitCodes.failure);
  expect(output.complained).toMatch(/FileError: .*model.safetensors/);
});
