import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeZip } from './testing/zip-writer.mjs';
import { unpackWheel } from './unpack-wheel.mjs';

/** @typedef {import('./testing/zip-writer.mjs').ZipEntry} ZipEntry */

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  mkdirSync(join(folder, 'inside'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * @param {ZipEntry[]} entries
 * @param {object} [job]
 */
function unpack(entries, job) {
  const wheel = join(folder, 'some.whl');
  writeFileSync(wheel, writeZip(entries));
  const into = join(folder, 'inside');
  return unpackWheel({ wheel, folder: into, isWanted: () => true, progress() {}, ...job });
}

test('writes the wanted files and nothing else', async () => {
  const entries = [
    { name: 'torch/lib/libc10.so', content: 'library' },
    { name: 'torch/', content: '', mode: 0o040755 },
    { name: 'torch/nn/functional.py', content: 'python' },
  ];
  const isWanted = (/** @type {string} */ name) => name.endsWith('.so');
  expect(await unpack(entries, { isWanted })).toEqual({ numFiles: 1, bytes: 7 });
  expect(readFileSync(join(folder, 'inside/torch/lib/libc10.so'), 'utf8')).toBe('library');
  expect(existsSync(join(folder, 'inside/torch/nn'))).toBe(false);
});

const good = { name: 'torch/version.py', content: 'x' };
/** @type {[string, ZipEntry, RegExp][]} */
const hostile = [
  ['a path to the parent', { name: '../outside', content: 'x' }, /relative path/],
  ['a hidden path to the parent', { name: 'a/../../outside', content: 'x' }, /relative path/],
  ['an absolute path', { name: '/tmp/athanor-outside', content: 'x' }, /absolute path/],
  ['a drive', { name: 'C:/outside', content: 'x' }, /absolute path/],
  ['a colon', { name: 'torch/file:stream', content: 'x' }, /leaves the folder/],
  ['a symbolic link', { name: 'torch/lib', content: '/tmp', mode: 0o120777 }, /a link or device/],
  ['a device', { name: 'torch/device', content: '', mode: 0o020666 }, /a link or device/],
];

test.each(hostile)('writes nothing from an archive with %s', async (_, entry, reason) => {
  await expect(unpack([good, entry])).rejects.toThrow(reason);
  expect(readdirSync(join(folder, 'inside'))).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(['inside', 'some.whl']);
});

test('takes a backslash for a slash, as yauzl does, and then for what it is', async () => {
  const entry = { name: '..\\outside', content: 'x' };
  await expect(unpack([good, entry])).rejects.toThrow(/relative path/);
});

test('refuses a name that occurs twice', async () => {
  await expect(unpack([good, { ...good, content: 'other' }])).rejects.toThrow(/EEXIST/);
});

test('refuses a wrong checksum', async () => {
  await expect(unpack([{ ...good, checksum: 1 }])).rejects.toThrow(/wrong checksum of torch/);
});

test('refuses an archive that ends early', async () => {
  const wheel = join(folder, 'short.whl');
  const whole = writeZip([good]);
  writeFileSync(wheel, whole.subarray(0, whole.length - 30));
  const job = { wheel, folder: join(folder, 'inside'), isWanted: () => true, progress() {} };
  await expect(unpackWheel(job)).rejects.toThrow(/must be a whole wheel/);
});

test('asks for space before it writes', async () => {
  const job = { measureSpace: () => 1000 };
  await expect(unpack([good], job)).rejects.toThrow(
    /must have 50 MB free to unpack LibTorch, got 1 kB/,
  );
  expect(readdirSync(join(folder, 'inside'))).toEqual([]);
});
