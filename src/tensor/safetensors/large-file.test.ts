import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildFile, entry } from '../../../tests/fuzz/safetensors-file.ts';
import { tier } from '../../../tests/tier.ts';
import { zeros } from '../generated/functions.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { loadSharded } from './folder.ts';
import { loadSafetensors, loadSafetensorsMetadata } from './read.ts';
import { saveSafetensors } from './write.ts';

const bigBytes = 5 * 2 ** 30;
const folder = mkdtempSync(join(tmpdir(), 'athanor-large-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of 5 GiB that takes no room on the disk: zeros, and the floats 1 and 2 behind them. */
function writeSparse(path: string): number {
  const big = entry({ dtype: 'U8', shape: [bigBytes], data_offsets: [0, bigBytes] });
  const small = entry({ shape: [2], data_offsets: [bigBytes, bigBytes + 8] });
  const start = buildFile(`{"big":${big},"small":${small}}`);
  const fd = openSync(path, 'w');
  writeSync(fd, start);
  writeSync(fd, new Float32Array([1, 2]), 0, 8, start.length + bigBytes);
  closeSync(fd);
  return start.length;
}

function valuesOf(tensors: Map<string, Tensor>): unknown[] {
  return [...tensors.values()].map((tensor) => {
    const values = tensor.toArray();
    tensor.dispose();
    return values;
  });
}

describe('a file above 4 GiB', () => {
  it('gives a tensor behind the first 4 GiB', () => {
    const path = join(folder, 'one.safetensors');
    const dataStart = writeSparse(path);
    const offset = dataStart + bigBytes;
    expect(loadSafetensorsMetadata(path).tensors.get('small')?.offset).toBe(offset);
    expect(valuesOf(loadSafetensors(path, { names: ['small'] }))).toEqual([[1, 2]]);
  });

  it('is refused when its end is missing', () => {
    const path = join(folder, 'cut.safetensors');
    writeSparse(path);
    truncateSync(path, statSync(path).size - 2 ** 32);
    expect(() => loadSafetensors(path, { names: ['small'] })).toThrow(/as its header says/);
  });

  it('may be a shard', () => {
    const model = join(folder, 'model');
    mkdirSync(model);
    writeSparse(join(model, 'a.safetensors'));
    scope(() => saveSafetensors(join(model, 'b.safetensors'), { other: zeros([1]) }));
    const map = '{"big":"a.safetensors","small":"a.safetensors","other":"b.safetensors"}';
    writeFileSync(join(model, 'model.safetensors.index.json'), `{"weight_map":${map}}`);
    expect(valuesOf(loadSharded(model, { names: ['other', 'small'] }))).toEqual([[0], [1, 2]]);
  });

  it.skipIf(tier !== 'slow')(
    'is written and read whole, in memory and on disk',
    { timeout: 600_000 },
    () => {
      const path = join(folder, 'real.safetensors');
      const numElements = 2 ** 32 + 16;
      scope(() => {
        const large = zeros([numElements], { dtype: 'uint8' });
        for (const at of [0, 2 ** 31, 2 ** 32, numElements - 1]) large.select(0, at).fill_(7);
        saveSafetensors(path, { large });
      });
      const large = loadSafetensors(path).get('large') as Tensor;
      const around = (at: number) =>
        [at - 1, at].map((i) => scope(() => large.select(0, i).item()));
      const values = [2 ** 31, 2 ** 32, numElements - 1].map(around);
      large.dispose();
      expect(values).toEqual([
        [0, 7],
        [0, 7],
        [0, 7],
      ]);
    },
  );
});
