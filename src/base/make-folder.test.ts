import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-make-folder-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test('makes a folder with those above it, and a second time does nothing', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path);
  fs.writeFileSync(join(path, 'kept'), '');
  makeFolder(path);
  expect(fs.readdirSync(path)).toEqual(['kept']);
});

test('a file in its place, or on its way, is an error', () => {
  const file = join(folder, 'file');
  fs.writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow('EEXIST');
  expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR');
});
