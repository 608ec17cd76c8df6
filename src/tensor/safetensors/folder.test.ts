import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFile, entry } from '../../../tests/fuzz/safetensors-file.ts';
import { ConfigError, FileError } from '../../base/index.ts';
import { tensor } from '../create.ts';
import { ones } from '../generated/functions.ts';
import { liveTensors } from '../handle.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { loadSharded, SafetensorsFolder } from './folder.ts';
import { parseIndex } from './index-file.ts';
import { saveSharded } from './write-sharded.ts';

/** Every path that was opened, by whatever module, since the test began. */
let opened: string[] = [];

const realOpenSync = fs.openSync;
let root = '';
let folder = '';
beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'athanor-folder-'));
  folder = join(root, 'model');
  fs.mkdirSync(folder);
  opened = [];
  fs.openSync = (path, ...rest) => {
    opened.push(String(path));
    return realOpenSync(path, ...rest);
  };
  syncBuiltinESMExports();
});
afterEach(() => {
  fs.openSync = realOpenSync;
  syncBuiltinESMExports();
  fs.rmSync(root, { recursive: true });
});

const indexPath = () => join(folder, 'model.safetensors.index.json');
const shard = (...names: string[]) => {
  const empty = entry({ shape: [0], data_offsets: [0, 0] });
  return buildFile(`{${names.map((name) => `${JSON.stringify(name)}:${empty}`).join()}}`);
};
const put = (name: string, content: string | Buffer) =>
  fs.writeFileSync(join(folder, name), content);
const putIndex = (json: unknown) =>
  put('model.safetensors.index.json', typeof json === 'string' ? json : JSON.stringify(json));

describe('saveSharded and loadSharded', () => {
  it('keep every tensor, in shards of at most the size given', () => {
    const numBefore = liveTensors();
    const files = scope(() => {
      const model = new Map([
        ['a', tensor([1, 2])],
        ['__proto__', tensor([3])],
        ['b', ones([4])],
      ]);
      return saveSharded(folder, model.set('c', tensor(5)), { maxShardBytes: 12 });
    });
    const shards = [1, 2, 3].map((i) => `model-0000${i}-of-00003.safetensors`);
    expect(files).toEqual([...shards, 'model.safetensors.index.json']);
    expect(fs.readdirSync(folder).sort()).toEqual(files);
    const loaded = loadSharded(folder);
    const values = [...loaded].map(([name, value]) => [name, value.toArray()]);
    for (const value of loaded.values()) value.dispose();
    expect(values.map(([name]) => name)).toEqual(['__proto__', 'a', 'b', 'c']);
    expect(values.map(([, value]) => value)).toEqual([[3], [1, 2], [1, 1, 1, 1], 5]);
    expect(liveTensors()).toBe(numBefore);
  });

  it('write the index as Hugging Face does: sorted, indented, with the size', () => {
    scope(() => saveSharded(folder, { b: ones([2]), a: ones([1]) }, { maxShardBytes: 8 }));
    const lines = ['{', '  "metadata": {', '    "total_size": 12', '  },', '  "weight_map": {'];
    lines.push('    "a": "model-00002-of-00002.safetensors",');
    lines.push('    "b": "model-00001-of-00002.safetensors"', '  }', '}', '');
    expect(fs.readFileSync(indexPath(), 'utf8')).toBe(lines.join('\n'));
  });

  it('use one file without an index where that is enough', () => {
    scope(() => saveSharded(folder, { a: ones([2]) }));
    expect(fs.readdirSync(folder)).toEqual(['model.safetensors']);
    using model = SafetensorsFolder.open(folder);
    using a = model.read('a');
    expect(a.toArray()).toEqual([1, 1]);
    expect(() => model.read('b')).toThrow(ConfigError);
  });

  it('refuse a folder that holds a model, and senseless sizes', () => {
    scope(() => {
      const model = { a: ones([2]), b: ones([2]) };
      expect(() => saveSharded(folder, model, { maxShardBytes: 0 })).toThrow(ConfigError);
      expect(() => saveSharded(folder, model, { maxShardBytes: Number.NaN })).toThrow(ConfigError);
      expect(fs.readdirSync(folder)).toEqual([]);
      put('model-00002-of-00002.safetensors', shard());
      expect(() => saveSharded(folder, model)).toThrow(/must hold no model yet, got model-00002/);
      expect(() => saveSharded(join(root, 'none'), model)).toThrow(/readable folder, got ENOENT/);
    });
  });
});

describe('saveSharded that fails', () => {
  it('leaves nothing behind, at the first shard or later', () => {
    scope(() => {
      const save = (last: Record<string, Tensor>) => () =>
        saveSharded(folder, { a: ones([2]), ...last }, { maxShardBytes: 8 });
      const gone = ones([2]);
      gone.dispose();
      expect(save({ gone })).toThrow(/"gone" to be saved must hold data/);
      expect(save({ 'a name\n': ones([2]) })).toThrow(/have no control characters/);
    });
    expect(opened.some((path) => path.includes('model-00001-of-00002'))).toBe(true);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('an index that points elsewhere', () => {
  const outside = 'outside.safetensors';
  it.each([
    ['the folder above', () => `../${outside}`],
    ['an absolute path', () => join(root, outside)],
    ['a subfolder', () => `./${outside}`],
    ['a Windows path', () => `C:\\${outside}`],
    ['a backslash', () => `..\\${outside}`],
    ['a URL', () => `file://${join(root, outside)}`],
    ['an encoded path', () => `%2e%2e%2f${outside}`],
    ['a home folder', () => `~/${outside}`],
    ['a NUL', () => `${outside}\0.safetensors`],
    ['a line break', () => `${outside}\n`],
    ['two dots', () => '..'],
    ['nothing', () => ''],
    ['an extension alone', () => '.safetensors'],
    ['another extension', () => 'outside.bin'],
    ['the index itself', () => 'model.safetensors.index.json'],
    ['letters beyond ASCII', () => 'ｍodel.safetensors'],
    ['a name of 300 bytes', () => `${'n'.repeat(300)}.safetensors`],
  ])('is refused, and nothing else opened: %s', (_, name) => {
    fs.writeFileSync(join(root, outside), shard('x'));
    putIndex({ weight_map: { x: name() } });
    expectRefused(/must name a \.safetensors file of the same folder here/);
    expect(opened).toEqual([indexPath()]);
  });

  it('is refused where a shard is a link to the outside, to itself, or no file', () => {
    fs.writeFileSync(join(root, outside), shard('x'));
    putIndex({ weight_map: { x: 'x.safetensors' } });
    const path = join(folder, 'x.safetensors');
    for (const target of [join(root, outside), 'x.safetensors', '/dev/zero']) {
      fs.symlinkSync(target, path);
      expectRefused(/must be a regular file, got a symbolic link/);
      fs.unlinkSync(path);
    }
    fs.mkdirSync(path);
    expectRefused(/must be a regular file/);
    fs.rmdirSync(path);
    execFileSync('mkfifo', [path]);
    expectRefused(/must be a regular file/);
  });

  it('is refused where the index is a link itself', () => {
    fs.writeFileSync(
      join(root, 'index.json'),
      JSON.stringify({ weight_map: { x: 'x.safetensors' } }),
    );
    fs.symlinkSync(join(root, 'index.json'), indexPath());
    expectRefused(/index\.json must be a regular file, got a symbolic link/);
  });
});

describe('an index that does not fit', () => {
  const two = { weight_map: { x: 'x.safetensors', y: 'y.safetensors' } };
  it.each<[what: string, files: Record<string, string[]>, index: unknown, message: RegExp]>([
    ['a shard that is missing', { x: ['x'] }, two, /y\.safetensors must be readable, got ENOENT/],
    ['a tensor that is missing', { x: ['x'], y: ['z'] }, two, /exactly the tensors .* got no "y"/],
    ['a tensor too many', { x: ['x', 'z'], y: ['y'] }, two, /got also "z"/],
    ['a tensor in the wrong shard', { x: ['y'], y: ['x'] }, two, /got no "x"/],
    ['a tensor in two shards', { x: ['x', 'y'], y: ['y'] }, two, /got also "y"/],
    [
      'the same name twice',
      {},
      '{"weight_map":{"a":"x.safetensors","\\u0061":"y.safetensors"}}',
      /"a" twice/,
    ],
    ['two maps', {}, '{"weight_map":{},"weight_map":{}}', /"weight_map" twice/],
    ['no map', {}, { metadata: {} }, /must have a weight_map, got none/],
    ['a list as map', {}, { weight_map: [] }, /must have "\{" here/],
    ['a number as shard', {}, { weight_map: { x: 1 } }, /must have a string here/],
    ['a list as index', {}, [], /must have "\{" here/],
    ['a byte order mark', {}, '\ufeff{"weight_map":{}}', /must have "\{" here/],
    ['two objects', {}, '{"weight_map":{}}{}', /must end here/],
    ['an empty file', {}, '', /must have "\{" here/],
    ['metadata without end', {}, `{"metadata":${'['.repeat(100_000)}`, /nested less deeply/],
    ['a number that is none', {}, '{"metadata":01}', /must have a JSON value here, got "01"/],
    [
      'a control character',
      {},
      { weight_map: { 'a\0': 'x.safetensors' } },
      /no control characters/,
    ],
  ])('is refused: %s', (_, files, index, message) => {
    for (const [name, tensors] of Object.entries(files))
      put(`${name}.safetensors`, shard(...tensors));
    putIndex(index);
    expectRefused(message);
  });

  it('is refused beyond its limits', () => {
    const map = (numTensors: number, file: (i: number) => string) =>
      `{"weight_map":{${Array.from({ length: numTensors }, (_, i) => `"${i}":"${file(i)}"`).join()}}}`;
    const parse = (json: string) => () => parseIndex(Buffer.from(json), 'index');
    expect(parse(map(1_000_000, () => 'a.safetensors'))).toThrow(/at most 500000 members/);
    expect(parse(map(1_001, (i) => `${i}.safetensors`))).toThrow(/at most 1000 files/);
    putIndex('');
    fs.truncateSync(indexPath(), 64 * 2 ** 20 + 1);
    expectRefused(/must have at most 67108864 bytes/);
  });

  it('is taken with whatever else other programs write into it', () => {
    const metadata = { total_size: 1.5e10, parts: [true, null, -2, 'x', { deep: [[]] }] };
    putIndex({ metadata, weight_map: { x: 'x.safetensors' }, note: 'hello' });
    put('x.safetensors', shard('x'));
    put('stale.safetensors', 'not listed, so never opened');
    opened = [];
    using model = SafetensorsFolder.open(folder);
    expect([...model.tensors.keys()]).toEqual(['x']);
    expect(opened).toEqual([indexPath(), join(folder, 'x.safetensors')]);
  });

  it('is refused beside a single file, and so is a folder without a model', () => {
    expectRefused(/must hold either model\.safetensors or .*, got neither/);
    putIndex({ weight_map: {} });
    put('model.safetensors', shard());
    expectRefused(/got both/);
  });
});

/** Loads the folder, which must fail with this message and leave no tensor. */
function expectRefused(message: RegExp): void {
  const numBefore = liveTensors();
  opened = [];
  const error = catchError(() => loadSharded(folder));
  expect(error).toBeInstanceOf(FileError);
  expect(String(error)).toMatch(message);
  expect(opened.filter((path) => dirname(path) !== folder)).toEqual([]);
  expect(liveTensors()).toBe(numBefore);
}

function catchError(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
