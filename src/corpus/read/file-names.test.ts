/** Names that lead elsewhere or mislead whoever reads a report (reliability B8). */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileError } from '../../base/index.ts';
import { listFiles, readFile, readSource } from '../index.ts';
import { pathWithin } from './file-names.ts';

function folder(): string {
  const path = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'athanor-names-')));
  onTestFinished(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

const parts = [
  '..',
  '.',
  '',
  'a\0b',
  'a\nb',
  'a\u202eb',
  'a\u2066b',
  '\u200fa',
  'x'.repeat(300),
  '\ufffd',
  '\ud800',
  '\x1b[2J',
  'a\u2028',
];
const bad = [
  ...parts.flatMap((part) => [
    `${part}/x`,
    `x/${part}`,
    `x/${part}/x`,
    `${part}/${part}`,
    `x/y/${part}`,
    `x/${part}/y/z`,
    `${part}/x/y`,
  ]),
  ...parts.map((part) => `/${part}`),
  ...[
    '../x',
    '../../etc/passwd',
    'x/../../y',
    '/etc/passwd',
    'C:/x',
    'C:\\x',
    '//host/x',
    './x',
    'x//y',
    'x/',
    'x/..',
    'x/.',
    'a\r\nb',
    'C:/',
    'D:/x',
  ],
  ...['\u061c', '\u200e', '\u202a', '\u202b', '\u202c', '\u202d', '\u2067', '\u2068', '\u2069'].map(
    (mark) => `a${mark}b`,
  ),
  ...Array.from({ length: 32 }, (_, i) => `a${String.fromCharCode(i)}b`),
  ...Array.from({ length: 32 }, (_, i) => `a${String.fromCharCode(0x80 + i)}b`),
  ...Array.from({ length: 20 }, (_, i) => `${'../'.repeat(i + 1)}x`),
];

it.each(bad.map((name) => [JSON.stringify(name).slice(0, 60), name]))('refuses %s', (_, name) => {
  const root = folder();
  fs.writeFileSync(join(root, '..', 'x'), '', { flag: 'a' });
  expect(() => pathWithin(root, name)).toThrow(FileError);
});

it('has tried two hundred names', () => {
  expect(new Set(bad).size).toBeGreaterThanOrEqual(200);
});

it.each(['a', 'a b.txt', '春眠.txt', 'x/y/z', 'CON', 'a.', '-rf', '$(x)', '..a', 'é'])(
  'takes %s',
  (name) => {
    const root = folder();
    fs.mkdirSync(join(root, name, '..'), { recursive: true });
    fs.writeFileSync(join(root, name), '');
    expect(pathWithin(root, name)).toBe(join(root, name));
  },
);

it('follows no link, neither a file nor a folder, and says so', async () => {
  const [root, outside] = [folder(), folder()];
  fs.writeFileSync(join(outside, 'secret.txt'), 'secret');
  fs.writeFileSync(join(root, 'b.txt'), 'b');
  fs.symlinkSync(join(outside, 'secret.txt'), join(root, 'a.txt'));
  fs.symlinkSync(outside, join(root, 'c.txt'));
  fs.symlinkSync(outside, join(root, 'folder'));
  fs.writeFileSync(join(root, 'd\u202etxt.txt'), 'd');
  fs.writeFileSync(
    Buffer.concat([Buffer.from(`${root}/e`), Buffer.of(0xff), Buffer.from('.txt')]),
    'e',
  );
  const found: unknown[] = [];
  for await (const record of readSource({ format: 'text', path: root }, 's')) {
    found.push(
      'rejected' in record ? [record.origin.file, record.rejected.reason] : record.document.id,
    );
  }
  expect(found).toEqual([
    ['a.txt', 'a symbolic link'],
    ['c.txt', 'a symbolic link'],
    ['d\ufffdtxt.txt', 'name: turns its direction'],
    ['e\ufffd.txt', 'name: not UTF-8'],
    's/b.txt',
  ]);
  const planned = { path: 'folder/secret.txt', sizeBytes: 6, modifiedMs: 0 };
  const read = readFile(planned, { format: 'text', path: root }, 's').next();
  await expect(read).rejects.toThrow(/must be a file of its source, got a symbolic link/);
});

it('lists by the bytes of names, whatever order the disk has, and passes over what is hidden', async () => {
  const root = folder();
  for (const name of [
    'b.txt',
    'a/z.md',
    'a.txt',
    'Z.txt',
    '春.txt',
    '.hidden.txt',
    'x.png',
    'a-b.txt',
  ]) {
    fs.mkdirSync(join(root, name, '..'), { recursive: true });
    fs.writeFileSync(join(root, name), 'x');
  }
  const { files } = await listFiles({ format: 'text', path: root }, 's');
  expect(files.map(({ path }) => path)).toEqual([
    'Z.txt',
    'a-b.txt',
    'a.txt',
    'a/z.md',
    'b.txt',
    '春.txt',
  ]);
});
