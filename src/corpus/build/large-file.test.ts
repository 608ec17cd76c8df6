/** One large file, read in sections by several workers. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readJsonLines } from '../../base/index.ts';
import { documentFilesOf, type StoredVersion } from '../version/index.ts';
import type { BuildOptions } from './build-config.ts';
import { buildVersion } from './build-version.ts';
import { sectionBytes } from './sections.ts';
import {
  configOf,
  contentsOf,
  optionsOf,
  sourceOf,
  temporaryFolder,
} from './testing/small-store.ts';

/** Long lines without a text, which cost nothing but their bytes, between short ones with one. */
function writeLarge(path: string, numLong: number): void {
  const filler = `${JSON.stringify({ body: 'x'.repeat(8 * 2 ** 20) })}\n`;
  const file = fs.openSync(path, 'w');
  for (let i = 0; i < numLong; i++) {
    fs.writeSync(file, `${JSON.stringify({ text: `text number ${i}` })}\n\n${filler}`);
  }
  fs.closeSync(file);
}

async function idsIn(version: StoredVersion): Promise<unknown[]> {
  const ids: unknown[] = [];
  for (const path of Object.values(documentFilesOf(version)).flat()) {
    for await (const line of readJsonLines(path)) ids.push('value' in line && line.value.id);
  }
  return ids;
}

let folder: string;
let input: string;
const lines = Array.from({ length: 10 }, (_, i) => `web/large.jsonl:${3 * i + 1}`);

beforeEach(() => {
  folder = temporaryFolder();
  input = join(folder, 'large.jsonl');
  writeLarge(input, lines.length);
  expect(fs.statSync(input).size).toBeGreaterThan(sectionBytes);
});

async function build(store: string, changes: Partial<BuildOptions> = {}): Promise<StoredVersion> {
  const config = configOf({ web: sourceOf(input) });
  return (await buildVersion(config, optionsOf(join(folder, store), changes))) as StoredVersion;
}

test('it is shared by two workers, with the bytes of one, and lines keep their numbers', async () => {
  const bytes: number[] = [];
  const write = (line: string) => {
    if (line.startsWith('{')) bytes.push(JSON.parse(line).doneBytes ?? 0);
    return true;
  };
  const one = await build('one', { progress: { stream: { write }, style: 'json' } });
  expect(await idsIn(one)).toEqual(lines);
  expect(one.manifest.sources.web?.inputs).toMatchObject({ numFiles: 1 });
  expect(one.manifest.sources.web?.files).toHaveLength(2);
  expect(Math.max(...bytes)).toBe(fs.statSync(input).size);
  const two = await build('two', { numWorkers: 2 });
  expect(contentsOf(two.folder)).toEqual(contentsOf(one.folder));
});

test('what is appended concerns the last section', async () => {
  const shards = join(folder, 'store/.work/small/clean/web');
  const times = () =>
    fs.readdirSync(shards).map((key) => fs.statSync(join(shards, key, 'done.json')).mtimeMs);
  await build('store');
  const before = times();
  fs.appendFileSync(input, `${JSON.stringify({ text: 'one more' })}\n`);
  expect(await idsIn(await build('store'))).toEqual([...lines, 'web/large.jsonl:31']);
  expect(times().filter((time) => before.includes(time))).toHaveLength(1);
});
