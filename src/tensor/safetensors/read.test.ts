import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFile, entry } from '../../../tests/fuzz/safetensors-file.ts';
import { AthanorError, ConfigError, FileError } from '../../base/index.ts';
import { ones, zeros } from '../generated/functions.ts';
import { liveTensors } from '../handle.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { loadSafetensors, SafetensorsFile } from './read.ts';
import { saveSafetensors } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-read-'));
const path = join(folder, 'model.safetensors');
beforeAll(() => {
  const b = { dtype: 'int64' } as const;
  scope(() => saveSafetensors(path, { a: ones([2]), b: zeros([3], b), c: zeros([]) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

function disposeAll(tensors: Map<string, Tensor>): void {
  for (const tensor of tensors.values()) tensor.dispose();
}

describe('loadSafetensors', () => {
  it('gives tensors that outlive the scope they were loaded in', () => {
    let tensors = new Map<string, Tensor>();
    scope(() => {
      tensors = loadSafetensors(path);
    });
    expect([...tensors.values()].map((tensor) => tensor.isDisposed)).toEqual([false, false, false]);
    disposeAll(tensors);
  });

  it('loads only the names asked for, each once', () => {
    const tensors = loadSafetensors(path, { names: ['c', 'a', 'c'] });
    expect([...tensors.keys()]).toEqual(['c', 'a']);
    disposeAll(tensors);
  });

  it('asks about every dtype before it reads', () => {
    const numBefore = liveTensors();
    const asked: string[] = [];
    const load = () =>
      loadSafetensors(path, {
        dtypeCheck: (name, dtype) => {
          asked.push(`${name} ${dtype} ${liveTensors() - numBefore}`);
          return name !== 'c';
        },
      });
    expect(load).toThrow(FileError);
    expect(load).toThrow('tensor "c" must have a dtype that the caller takes, got float32');
    expect(asked.slice(0, 3)).toEqual(['b int64 0', 'a float32 0', 'c float32 0']);
  });

  it('refuses a name that is not there', () => {
    const load = () => loadSafetensors(path, { names: ['a', 'x'] });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(`the name of a tensor of ${path} must be one of its 3 names, got "x"`);
  });

  it('refuses booleans that are neither 0 nor 1, and frees what it has read', () => {
    const bool = (begin: number, end: number) =>
      entry({ dtype: 'BOOL', shape: [end - begin], data_offsets: [begin, end] });
    const data = Buffer.alloc(2 ** 20 + 9, 1);
    data[2 ** 20 + 8] = 2;
    const bad = join(folder, 'bool.safetensors');
    writeFileSync(bad, buildFile(`{"a":${bool(0, 4)},"b":${bool(4, data.length)}}`, data));
    const numBefore = liveTensors();
    const load = () => loadSafetensors(bad);
    expect(load).toThrow(FileError);
    expect(load).toThrow('tensor "b" must hold booleans of 0 and 1, got 2');
    expect(liveTensors()).toBe(numBefore);
    disposeAll(loadSafetensors(bad, { names: ['a'] }));
  });

  it('says in words why a path cannot be read', () => {
    const link = join(folder, 'link.safetensors');
    symlinkSync(path, link);
    expect(() => loadSafetensors(link)).toThrow(/regular file, got a symbolic link\n {2}hint: /);
    expect(() => loadSafetensors(folder)).toThrow(`${folder} must be a regular file`);
    expect(() => loadSafetensors('/dev/null')).toThrow('must be a regular file');
    expect(() => loadSafetensors(join(folder, 'none'))).toThrow('must be readable, got ENOENT');
    expect(() => loadSafetensors('a\0b')).toThrow(FileError);
  });
});

describe('SafetensorsFile', () => {
  it('reads one tensor at a time', () => {
    using file = SafetensorsFile.open(path);
    using a = file.read('a');
    expect([...file.tensors.keys()]).toEqual(['b', 'a', 'c']);
    expect(a.toArray()).toEqual([1, 1]);
  });

  it('can be closed twice, and refuses to read then', () => {
    const file = SafetensorsFile.open(path);
    file.close();
    file.close();
    const numBefore = liveTensors();
    expect(() => file.read('a')).toThrow(AthanorError);
    expect(() => file.read('a')).toThrow('must be open when it is read');
    expect(liveTensors()).toBe(numBefore);
  });
});
