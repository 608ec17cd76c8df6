/** What a disk has lost is noticed before it is used. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { buildVersion, findDocument } from '../build/index.ts';
import {
  configOf,
  contentsOf,
  optionsOf,
  sourceOf,
  temporaryFolder,
  writeJsonLines,
} from '../build/testing/small-store.ts';
import { compareDocuments } from './compare-documents.ts';
import { CorpusStore } from './corpus-store.ts';
import type { StoredVersion } from './read-version.ts';
import { allParts, verifyFiles } from './verify-files.ts';
import { shardFiles } from './version-files.ts';

let folder: string;
let store: string;
let version: StoredVersion;

async function build(name: string, parents: string[] = []): Promise<StoredVersion> {
  const records = [{ text: `the first text of ${name}` }, { text: '' }, { text: 'in both' }];
  const input = writeJsonLines(join(folder, name), { 'a.jsonl': records });
  const config = configOf({ web: sourceOf(input) }, { name, parents });
  return (await buildVersion(config, optionsOf(store))) as StoredVersion;
}

beforeEach(async () => {
  folder = temporaryFolder();
  store = join(folder, 'store');
  version = await build('v1');
});

/** Changes one bit without a trace in size. */
function damage(part: keyof ReturnType<typeof shardFiles>): string {
  const path = join(version.folder, shardFiles('web', 0)[part]);
  const bytes = fs.readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  // The file of the work folder is the same one by another name, so this must be a new one.
  fs.rmSync(path);
  fs.writeFileSync(path, bytes);
  return path;
}

test('a whole version is taken, with every part of it', async () => {
  await expect(verifyFiles(version, allParts)).resolves.toBeUndefined();
});

test.each(allParts)('a changed bit in %s is named with the way out', async (part) => {
  const path = damage(part);
  const problem = verifyFiles(version, [part]);
  await expect(problem).rejects.toThrow(`${path} must be a file of the version, as it was written`);
  await expect(problem).rejects.toThrow(/got another SHA-256\n {2}hint: build the version again/);
  for (const other of allParts) if (other !== part) await verifyFiles(version, [other]);
});

test.each(['documents', 'ids', 'idEnds', 'signatures'] as const)(
  'a version is not built on a parent with damaged %s',
  async (part) => {
    damage(part);
    await expect(build('v2', ['v1'])).rejects.toThrow(/got another SHA-256/);
  },
);

test('damaged documents and drops are not shown or compared', async () => {
  damage('drops');
  await expect(findDocument('web/a.jsonl:2', version)).rejects.toThrow(/got another SHA-256/);
  const other = await build('v2');
  const corpora = new CorpusStore(store);
  await expect(compareDocuments(version, other, corpora)).resolves.toMatchObject({ numBoth: 1 });
  damage('documents');
  await expect(compareDocuments(other, version, corpora)).rejects.toThrow(/got another SHA-256/);
});

test('building again puts a whole version in place of a damaged one', async () => {
  const before = contentsOf(version.folder);
  damage('signatures');
  expect(contentsOf(version.folder)).not.toEqual(before);
  version = await build('v1');
  expect(contentsOf(version.folder)).toEqual(before);
});
