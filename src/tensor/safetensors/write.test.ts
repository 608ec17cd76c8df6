import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, FileError } from '../../base/index.ts';
import { tensor } from '../create.ts';
import { dtypes } from '../dtype.ts';
import { ones } from '../generated/functions.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { brokenNameRule } from './format.ts';
import { parseHeader } from './header.ts';
import { formatHeader } from './header-writer.ts';
import { loadSafetensors, loadSafetensorsMetadata } from './read.ts';
import { saveSafetensors } from './write.ts';

/** Written by the official library; fixtures/make.py says what it holds. */
const official = fileURLToPath(new URL('./fixtures/official.safetensors', import.meta.url));

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-write-'));
  path = join(folder, 'ours.safetensors');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Loads a file inside a scope of its own and hands the tensors to `body`. */
function withLoaded<T>(file: string, body: (tensors: Map<string, Tensor>) => T): T {
  const tensors = loadSafetensors(file);
  try {
    return body(tensors);
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
}

describe('a file of the official library', () => {
  it('is read with the right values', () => {
    withLoaded(official, (tensors) => {
      const value = (name: string) => tensors.get(name)?.toArray();
      const floats = [0, -0, 1.5, Infinity, -Infinity, NaN, 1e-7];
      expect(value('floats.float64')).toEqual(floats);
      expect(value('floats.float32')).toEqual(floats.map(Math.fround));
      expect(value('integers.int8')).toEqual([-128, 127, 7]);
      expect(value('integers.uint16')).toEqual([0, 65_535, 7]);
      const int64 = [-(2n ** 63n), 2n ** 63n - 1n, 7n];
      expect(tensors.get('integers.int64')?.toTypedArray()).toEqual(BigInt64Array.from(int64));
      expect(value('bool')).toEqual([
        [true, false],
        [false, true],
      ]);
      expect(value('__proto__')).toEqual([3]);
      expect(value('scalar')).toBe(2.5);
      expect(tensors.get('empty')?.shape).toEqual([0, 3]);
    });
  });

  it('is written back byte for byte, whatever the order of the tensors', () => {
    withLoaded(official, (tensors) => {
      expect(new Set([...tensors.values()].map(({ dtype }) => dtype)).size).toBe(dtypes.length);
      const reversed = new Map([...tensors].reverse());
      saveSafetensors(path, reversed, { metadata: { format: 'pt' } });
    });
    expect(readFileSync(path).equals(readFileSync(official))).toBe(true);
  });
});

describe('saveSafetensors', () => {
  it('writes views in the order of their elements, and names like numbers', () => {
    scope(() => {
      const x = tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      saveSafetensors(path, { 10: x.t(), 9: x.select(1, 1), 2: tensor([7]) });
    });
    withLoaded(path, (tensors) => {
      const values = [...tensors].map(([name, { shape }]) => [name, shape]);
      expect(values).toEqual([
        ['10', [3, 2]],
        ['2', [1]],
        ['9', [2]],
      ]);
      expect(tensors.get('10')?.toArray()).toEqual([
        [1, 4],
        [2, 5],
        [3, 6],
      ]);
      expect(tensors.get('9')?.toArray()).toEqual([2, 5]);
    });
  });

  it('writes a file without tensors', () => {
    saveSafetensors(path, {});
    expect(readFileSync(path).subarray(8).toString()).toBe('{}      ');
    expect(loadSafetensors(path).size).toBe(0);
  });

  it('writes metadata that it reads again, sorted', () => {
    const metadata = new Map([
      ['b', '\u2028"\n'],
      ['__proto__', '春晓'],
      ['__metadata__', ''],
    ]);
    saveSafetensors(path, {}, { metadata });
    const sorted = [...metadata].sort(([a], [b]) => (a < b ? -1 : 1));
    expect([...loadSafetensorsMetadata(path).metadata]).toEqual(sorted);
  });

  it.each<[string, () => void, string]>([
    ['an empty name', () => save(''), 'a tensor name must not be empty'],
    ['the reserved name', () => save('__metadata__'), 'must not be __metadata__'],
    ['a NUL in a name', () => save('a\0'), 'no control characters'],
    ['half a surrogate pair', () => save('\ud800'), 'half surrogates'],
    ['a name of 4 KiB and a byte', () => save('n'.repeat(4097)), 'at most 4096 bytes'],
    [
      'metadata that is no text',
      () => saveMetadata({ a: 1 as never }),
      'metadata "a" must be a string',
    ],
    ['half a surrogate pair in metadata', () => saveMetadata({ '\udc00': '' }), 'whole characters'],
    ['5 MiB of metadata', () => saveMetadata({ a: 'm'.repeat(5 * 2 ** 20) }), 'at most 4194304'],
    [
      'a disposed tensor',
      saveDisposed,
      'tensor "x" to be saved must hold data, got a disposed tensor',
    ],
    ['a meta tensor', saveMeta, 'must hold data, got no data'],
  ])('refuses %s and keeps the old file', (_, write, message) => {
    saveSafetensors(path, {}, { metadata: { old: 'yes' } });
    expect(write).toThrow(ConfigError);
    expect(write).toThrow(message);
    expect(loadSafetensorsMetadata(path).metadata.get('old')).toBe('yes');
    expect(readdirSync(folder)).toEqual(['ours.safetensors']);
  });

  it('names the file that cannot be made', () => {
    const target = join(folder, 'missing', 'ours.safetensors');
    expect(() => saveSafetensors(target, {})).toThrow(FileError);
    expect(() => saveSafetensors(target, {})).toThrow(`${target} must be writable, got ENOENT`);
  });

  it('reports a disk that takes no more, and leaves nothing behind', () => {
    const limited = `ulimit -f 64; exec "${process.execPath}" --import tsx --input-type=module -e "$PROGRAM"`;
    const env = { ...process.env, PROGRAM: saveLarge(join(folder, 'large.safetensors')) };
    const output = execFileSync('sh', ['-c', limited], { env, encoding: 'utf8' });
    expect(output).toMatch(
      /^FileError: .*large.safetensors must be writable, got .*File too large/,
    );
    expect(readdirSync(folder)).not.toContain('large.safetensors');
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('the header that is written', () => {
  const name = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !brokenNameRule(text));
  const text = fc.string({ unit: 'binary' }).filter((value) => !/\p{Cs}/u.test(value));
  const shape = fc.array(fc.nat(50), { maxLength: 5 });
  const layout = fc.record({ dtype: fc.constantFrom(...dtypes), shape });

  it('is read back with every name, dtype, shape and text', () => {
    fc.assert(
      fc.property(entries(name, layout), entries(text, text), (tensors, metadata) => {
        const { bytes, fileSizeBytes } = formatHeader(tensors, metadata);
        const read = parseHeader(bytes.subarray(8), fileSizeBytes, 'file');
        expect(bytes.length % 8).toBe(0);
        expect(new Map(read.metadata)).toEqual(metadata);
        expect(read.tensors.size).toBe(tensors.size);
        for (const [key, { dtype, shape }] of tensors) {
          expect(read.tensors.get(key)).toMatchObject({ dtype, shape });
        }
      }),
    );
  });
});

function entries<K, V>(key: fc.Arbitrary<K>, value: fc.Arbitrary<V>): fc.Arbitrary<Map<K, V>> {
  return fc.array(fc.tuple(key, value), { maxLength: 8 }).map((pairs) => new Map(pairs));
}

const save = (name: string) => scope(() => saveSafetensors(path, new Map([[name, ones([1])]])));
const saveMetadata = (metadata: Record<string, string>) => saveSafetensors(path, {}, { metadata });

function saveDisposed(): void {
  const x = ones([1]);
  x.dispose();
  saveSafetensors(path, { x });
}

function saveMeta(): void {
  scope(() => saveSafetensors(path, { x: ones([1], { device: 'meta' }) }));
}

/** A program that saves 400 KB, where it may write 32. */
function saveLarge(target: string): string {
  const from = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  return `
    import { ones } from ${from('../index.ts')};
    import { saveSafetensors } from ${from('./write.ts')};
    try {
      saveSafetensors(${JSON.stringify(target)}, { x: ones([100_000]) });
    } catch (error) {
      console.log(String(error));
    }`;
}
