import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildFile, entry } from '../../../tests/fuzz/safetensors-file.ts';
import { FileError } from '../../base/index.ts';
import { memoryStats, resetPeakMemory } from '../runtime.ts';
import { loadSafetensors, loadSafetensorsMetadata } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-header-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A header with one tensor called `x`, whose JSON is `json`. */
const tensor = (json: string, data = 4) => buildFile(`{"x":${json}}`, data);
const fields = (changed: Record<string, unknown>, data = 4) => tensor(entry(changed), data);
const named = (name: string) => buildFile(`{${name}:${entry()}}`, 4);
const two = (first: [number, number], second: [number, number], data: number) => {
  const json = ([begin, end]: [number, number]) =>
    entry({ dtype: 'U8', shape: [Math.max(0, end - begin)], data_offsets: [begin, end] });
  return buildFile(`{"a":${json(first)},"b":${json(second)}}`, data);
};
const metadata = (json: string) => buildFile(`{"__metadata__":${json}}`);
const prefix = (size: bigint, rest = '') => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(size);
  return Buffer.concat([bytes, Buffer.from(rest)]);
};
const good = buildFile(`{"x":${entry()}}`, 4);
const limit = 25 * 2 ** 20;

/**
 * Opens every file in a process of its own and prints by how many MiB its peak memory grew. What is
 * left of one file is collected before the next, so that the hungriest one counts, not their sum.
 */
const measureMemory = `
import { readFileSync } from 'node:fs';
import { loadSafetensorsMetadata } from '${new URL('./read.ts', import.meta.url).href}';
const open = (path) => { gc(); try { loadSafetensorsMetadata(path); return 0; } catch { return 1; } };
const paths = JSON.parse(readFileSync(0, 'utf8'));
open(paths[0]);
const before = process.resourceUsage().maxRSS;
const numRefused = paths.filter(open).length;
const grownMiB = (process.resourceUsage().maxRSS - before) / 1024;
console.log(numRefused === paths.length ? grownMiB : NaN);
`;

/** What is wrong, the bytes of the file, a part of the message; `sizeBytes` makes it sparse. */
const badFiles: [what: string, bytes: Buffer, message: RegExp, sizeBytes?: number][] = [
  // The file as a whole.
  ['empty file', Buffer.alloc(0), /at least 10 bytes, got 0/],
  ['seven bytes', Buffer.alloc(7), /at least 10 bytes, got 7/],
  ['size alone', prefix(2n), /at least 10 bytes, got 8/],
  ['N = 0', prefix(0n, '{}'), /size of its header, 2 to 2, .* got 0/],
  ['N = 1', prefix(1n, '{}'), /got 1/],
  ['N = 7 of a longer header', prefix(7n, `{"x":${entry()}}....`), /byte 7, .* closing quote/],
  ['N one beyond the file', prefix(3n, '{}'), /2 to 2, .* got 3/],
  ['N = 2^31', prefix(2n ** 31n, '{}'), /got 2147483648/],
  ['N = 2^53 + 1', prefix(2n ** 53n + 1n, '{}'), /got 9007199254740993/],
  ['N = 2^63', prefix(2n ** 63n, '{}'), /got 9223372036854775808/],
  ['N = 2^64 - 1', prefix(2n ** 64n - 1n, '{}'), /got 18446744073709551615/],
  ['N beyond the limit', prefix(BigInt(limit) + 1n, '{}'), /2 to 26214400, /, limit + 100],
  ['a header of zeros', prefix(100n), /must begin with "\{"/, 200],
  ['a huge header of zeros', prefix(BigInt(limit)), /must begin with "\{"/, limit + 8],
  ['a byte after the data', Buffer.concat([good, Buffer.alloc(1)]), /must have \d+ bytes/],
  ['a byte too few', good.subarray(0, -1), /must have \d+ bytes/],
  ['data without a tensor', buildFile('{}', 8), /must have 10 bytes, as its header says, got 18/],
  ['a second file behind it', Buffer.concat([good, good]), /must have \d+ bytes/],

  // The text.
  ['leading space', buildFile(' {}'), /begin with "\{"/],
  ['leading newline', buildFile('\n{}'), /begin with "\{"/],
  ['byte order mark', buildFile('\ufeff{}'), /begin with "\{"/],
  ['UTF-16', buildFile(Buffer.from('{}', 'utf16le')), /have a string here/],
  ['a lone continuation byte', buildFile(Buffer.from('7b2280223a307d', 'hex')), /be valid UTF-8/],
  ['an overlong slash', buildFile(Buffer.from('7b22c0af223a307d', 'hex')), /be valid UTF-8/],
  ['an encoded surrogate', buildFile(Buffer.from('7b22eda080223a307d', 'hex')), /be valid UTF-8/],
  ['a code point above 10FFFF', buildFile(Buffer.from('7b22f4908080223a307d', 'hex')), /UTF-8/],
  ['an array', buildFile('[]'), /begin with "\{"/],
  ['null', buildFile('null'), /begin with "\{"/],
  ['an unclosed object', buildFile('{ '), /have a string here/],
  ['an unclosed string', buildFile(`{"x`), /closing quote/],
  ['a string that ends in a backslash', buildFile('{"x\\'), /closing quote/],
  ['a comma before the end', buildFile(`{"x":${entry()},}`, 4), /have a string here/],
  ['two commas', buildFile(`{"x":${entry()},,}`, 4), /have a string here/],
  ['a missing colon', buildFile(`{"x"${entry()}}`, 4), /have ":" here/],
  ['a comment', buildFile(`{/**/"x":${entry()}}`, 4), /have a string here/],
  ['single quotes', buildFile(`{'x':${entry()}}`, 4), /have a string here/],
  ['zero bytes after the object', buildFile('{}\0\0\0\0'), /must end here/],
  ['a second object', buildFile('{}{}'), /must end here/],
  ['a vertical tab as space', buildFile(`{\v"x":${entry()}}`, 4), /have a string here/],

  // Names.
  ['the same name twice', buildFile(`{"a":${entry()},"a":${entry()}}`, 4), /"a" twice/],
  ['the same name escaped', buildFile(`{"a":${entry()},"\\u0061":${entry()}}`, 4), /"a" twice/],
  ['__proto__ twice', buildFile(`{"__proto__":${entry()},"__proto__":${entry()}}`, 4), /twice/],
  ['metadata twice', buildFile('{"__metadata__":{},"__metadata__":{}}'), /twice/],
  ['an empty name', named('""'), /not be empty/],
  ['a name of 64 KiB', named(`"${'n'.repeat(65_536)}"`), /at most 4096 bytes/],
  ['an escaped NUL in a name', named('"a\\u0000b"'), /no control characters/],
  ['a bare NUL in a name', named('"a\0b"'), /control characters too/],
  ['a terminal escape in a name', named('"\\u001b[2J"'), /no control characters/],
  ['half a surrogate pair', named('"\\ud800"'), /whole surrogate pairs/],
  ['surrogates in the wrong order', named('"\\udc00\\ud800"'), /whole surrogate pairs/],
  ['an unknown escape', named('"\\x41"'), /only escapes that JSON knows/],
  ['a cut \\u escape', named('"\\u00"'), /only escapes that JSON knows/],
  ['more tensors than the limit', manyTensors(2 ** 16 + 1), /at most 65536 members/],

  // Offsets.
  ['a negative offset', tensor(entry().replace('[0,4]', '[-4,0]')), /from 0 to 2\^53 − 1/],
  ['minus zero', tensor(entry().replace('[0,4]', '[-0,4]')), /got "-0"/],
  ['a fraction', tensor(entry().replace('[0,4]', '[0,4.0]')), /got "4.0"/],
  ['an exponent', tensor(entry({ shape: [250] }).replace('[0,4]', '[0,1e3]'), 1000), /got "1e3"/],
  ['a leading zero', tensor(entry().replace('[0,4]', '[0,04]')), /got "04"/],
  ['a plus sign', tensor(entry().replace('[0,4]', '[0,+4]')), /got "\+4"/],
  ['2^53 + 1', tensor(entry().replace('[0,4]', '[0,9007199254740993]')), /2\^53 − 1/],
  ['2^64', tensor(entry().replace('[0,4]', '[0,18446744073709551616]')), /2\^53 − 1/],
  ['hexadecimal digits', tensor(entry().replace('[0,4]', '[0,0x4]')), /have "," or "\]" here/],
  ['a string as offset', fields({ data_offsets: [0, '4'] }), /from 0 to 2\^53 − 1/],
  ['one offset', fields({ data_offsets: [0] }), /two data_offsets, got 1/],
  ['three offsets', fields({ data_offsets: [0, 4, 8] }), /at most 2 items/],
  ['offsets in an object', fields({ data_offsets: { 0: 0, 1: 4 } }), /have "\[" here/],
  ['an end before the begin', fields({ data_offsets: [4, 0] }), /have 4 bytes between/],
  ['an end past the file', two([0, 4], [4, 12], 8), /must have \d+ bytes, as its header says/],
  ['an overlap', two([0, 4], [2, 6], 6), /tensor "b" must begin at byte \d+ of the file/],
  ['the same bytes twice', two([0, 4], [0, 4], 4), /must begin at byte/],
  ['a hole', two([0, 4], [5, 9], 9), /must begin at byte/],
  ['a hole at the start', fields({ data_offsets: [4, 8] }, 8), /must begin at byte/],
  ['an empty tensor in the middle of another', two([0, 8], [4, 4], 8), /must begin at byte/],

  // Shapes and dtypes.
  ['a zero dimension with bytes', fields({ shape: [0] }), /have 0 bytes between/],
  ['a negative dimension', fields({ shape: [-1] }), /from 0 to 2\^53 − 1/],
  ['a shape of 2^40 x 2^40', fields({ shape: [2 ** 40, 2 ** 40] }), /less than 2\^53 bytes/],
  ['2^64 elements, 0 modulo 2^64', fields({ shape: [2 ** 32, 2 ** 32] }, 0), /less than 2\^53/],
  ['an overflow hidden by a zero', fields({ shape: [2 ** 40, 0, 2 ** 40] }), /less than 2\^53/],
  ['10^5 dimensions', fields({ shape: Array(100_000).fill(1) }), /at most 64 items/],
  ['nested shape', fields({ shape: [[1]] }), /from 0 to 2\^53 − 1/],
  ['a deeply nested shape', tensor(`{"shape":${'['.repeat(100_000)}`), /from 0 to 2\^53 − 1/],
  ['a number as shape', fields({ shape: 1 }), /have "\[" here/],
  ['null as shape', fields({ shape: null }), /have "\[" here/],
  ['true as a dimension', fields({ shape: [true] }), /from 0 to 2\^53 − 1/],
  ['fewer bytes than the shape', fields({ shape: [2] }), /have 8 bytes between/],
  ['more bytes than the shape', fields({ data_offsets: [0, 8] }, 8), /have 4 bytes between/],
  ['an unknown dtype', fields({ dtype: 'F128' }), /have a dtype among BOOL, U8.*got "F128"/],
  ['a dtype in lower case', fields({ dtype: 'f32' }), /have a dtype among/],
  ['a dtype from the prototype', fields({ dtype: 'constructor' }), /have a dtype among/],
  ['a number as dtype', fields({ dtype: 32 }), /have a string here/],
  ['no dtype', fields({ dtype: undefined }), /have a dtype among/],
  ['no shape', fields({ shape: undefined }), /have a shape/],
  ['no offsets', fields({ data_offsets: undefined }), /have two data_offsets/],
  ['a fourth field', fields({ stride: [1] }), /no field but dtype|at most 3 members/],
  ['a fourth field in place of a third', fields({ shape: undefined, s: 1 }), /no field but dtype/],
  ['a field twice', tensor('{"dtype":"F32","shape":[1],"shape":[1]}'), /"shape" twice/],
  ['null as tensor', tensor('null'), /have "\{" here/],

  // Metadata.
  ['metadata that is a string', metadata('"x"'), /have "\{" here/],
  ['metadata that is null', metadata('null'), /have "\{" here/],
  ['a number in the metadata', metadata('{"step":1}'), /have a string here/],
  ['an object in the metadata', metadata('{"a":{}}'), /have a string here/],
  ['a metadata key twice', metadata('{"a":"","a":""}'), /"a" twice/],
  ['10 MB of metadata', metadata(`{"a":"${'m'.repeat(1e7)}"}`), /at most 4194304 bytes/],
  ['too many metadata keys', metadata(manyKeys(10_001)), /at most 10000 members/],
];

/** What is special, the bytes of the file, names and shapes that it must give. */
const goodFiles: [what: string, bytes: Buffer, shapes: Record<string, number[]>][] = [
  ['no tensors', buildFile('{}'), {}],
  ['a scalar', fields({ shape: [] }), { x: [] }],
  ['an empty tensor', fields({ shape: [0, 3], data_offsets: [0, 0] }, 0), { x: [0, 3] }],
  ['empty tensors around another', emptyAround(), { a: [0], b: [1], c: [0] }],
  ['64 dimensions', fields({ shape: Array(64).fill(1) }), { x: Array(64).fill(1) }],
  ['the names of Object', named('"constructor"'), { constructor: [1] }],
  ['a long name', named(`"${'n'.repeat(4096)}"`), { ['n'.repeat(4096)]: [1] }],
  ['escapes in a name', named('"\\u0078\\/\\ud83d\\ude00"'), { 'x/\u{1f600}': [1] }],
  ['characters of many bytes', named('"春晓\u{1f600}"'), { '春晓\u{1f600}': [1] }],
  ['names in another order than the data', two([4, 8], [0, 4], 8), { a: [4], b: [4] }],
  ['spaces in and after the JSON', buildFile(`{ "x" :\n\t${entry()}\r}   `, 4), { x: [1] }],
  [
    'fields in another order',
    tensor('{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}'),
    { x: [1] },
  ],
];

describe('a bad header', () => {
  it.each(badFiles)(
    'is refused before anything is allocated: %s',
    (_, bytes, message, sizeBytes) => {
      const path = write(bytes, sizeBytes);
      resetPeakMemory();
      const { liveBytes } = memoryStats();
      const error = catchError(() => loadSafetensors(path));
      expect(error).toBeInstanceOf(FileError);
      expect(String(error)).toMatch(message);
      expect(String(error)).toContain(path);
      expect(memoryStats().peakBytes).toBe(liveBytes);
    },
  );

  it('costs little memory', () => {
    const paths = badFiles.map(([, bytes, , sizeBytes], i) => write(bytes, sizeBytes, String(i)));
    const grownMiB = Number(
      execFileSync(
        process.execPath,
        ['--expose-gc', '--import', 'tsx', '--input-type=module', '-e', measureMemory],
        { input: JSON.stringify(paths) },
      ),
    );
    expect(grownMiB).toBeLessThan(64);
  });
});

describe('a good header', () => {
  it.each(goodFiles)('loads: %s', (_, bytes, shapes) => {
    const loaded = loadSafetensors(write(bytes));
    const found = [...loaded].map(([name, tensor]) => [name, tensor.shape]);
    for (const tensor of loaded.values()) tensor.dispose();
    expect(found).toEqual(Object.entries(shapes));
  });

  it('keeps a tensor that is called __proto__', () => {
    const { tensors } = loadSafetensorsMetadata(write(named('"__proto__"')));
    expect([...tensors.keys()]).toEqual(['__proto__']);
  });

  it('gives dtype, shape, place and metadata', () => {
    const header = `{"__metadata__":{"a":"\\n","__proto__":"b"},"x":${entry({ dtype: 'BF16', shape: [2, 1] })}}`;
    const { metadata, tensors } = loadSafetensorsMetadata(write(buildFile(header, 4)));
    expect([...metadata]).toEqual([
      ['a', '\n'],
      ['__proto__', 'b'],
    ]);
    const offset = 8 + header.length;
    expect([...tensors]).toEqual([
      ['x', { dtype: 'bfloat16', shape: [2, 1], offset, sizeBytes: 4 }],
    ]);
  });
});

function write(bytes: Buffer, sizeBytes = bytes.length, name = 'model'): string {
  const path = join(folder, `${name}.safetensors`);
  writeFileSync(path, bytes);
  truncateSync(path, sizeBytes);
  return path;
}

function manyTensors(numTensors: number): Buffer {
  const empty = entry({ shape: [0], data_offsets: [0, 0] });
  return buildFile(`{${Array.from({ length: numTensors }, (_, i) => `"${i}":${empty}`).join()}}`);
}

function manyKeys(numKeys: number): string {
  return `{${Array.from({ length: numKeys }, (_, i) => `"${i}":""`).join()}}`;
}

function emptyAround(): Buffer {
  const empty = (at: number) => entry({ shape: [0], data_offsets: [at, at] });
  return buildFile(`{"a":${empty(0)},"b":${entry()},"c":${empty(4)}}`, 4);
}

function catchError(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
