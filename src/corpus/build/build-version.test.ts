import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, deriveSeed, FileError, lockHolder, takeLock } from '../../base/index.ts';
import { CorpusStore } from '../version/index.ts';
import { buildVersion } from './build-version.ts';
import {
  configOf,
  contentsOf,
  optionsOf,
  sourceOf,
  temporaryFolder,
  writeJsonLines,
} from './testing/small-store.ts';

const poem = '春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。';

/** A text that is like no other of another seed. */
function textOf(seed: string): string {
  const words = Array.from({ length: 40 }, (_, i) => deriveSeed(1, seed, i).toString(36));
  return words.join(' ');
}

/** Several files with good records, bad ones, and two texts that are in each of them. */
function filesFor(seed: number, numFiles = 6) {
  const entries = Array.from({ length: numFiles }, (_, file) => {
    const values = Array.from({ length: 20 }, (_, i) => ({
      text: i % 10 === 0 ? textOf(`common ${i}`) : textOf(`${seed} ${file} ${i}`),
    }));
    return [`part-${file}.jsonl`, [...values, { body: 'no text' }, { text: '' }]];
  });
  return Object.fromEntries(entries) as Record<string, object[]>;
}

async function built(config: Parameters<typeof buildVersion>[0], store: string, changes = {}) {
  const version = await buildVersion(config, optionsOf(store, changes));
  if (version === undefined) throw new Error('it was not stopped');
  return version;
}

test('read = kept + rejected by named reason', async () => {
  const folder = temporaryFolder();
  const input = writeJsonLines(join(folder, 'in'), filesFor(1));
  const { manifest } = await built(configOf({ web: sourceOf(input) }), join(folder, 'store'));
  const { web } = manifest.sources;
  expect(web?.numRead).toBe(6 * 22);
  // Two texts are in all six files.
  const duplicates = 2 * 5;
  expect(web?.dropped).toMatchObject({ 'no text field': 6, 'duplicate: exact': duplicates });
  const numDropped = Object.values(web?.dropped ?? {}).reduce((sum, n) => sum + n, 0);
  expect(numDropped).toBe(12 + duplicates);
  expect(web?.numDocuments).toBe(6 * 22 - numDropped);
});

test('one worker, two workers and files in another order give the same bytes', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder();
  const names = ['web', 'books', 'news'];
  const inputs = names.map((name, i) => writeJsonLines(join(folder, name), filesFor(i)));
  const sourcesOf = (filesIn: (input: string) => string[]) =>
    Object.fromEntries(
      inputs.map((input, i) => [names[i], sourceOf(input, { files: filesIn(input) })]),
    );
  const forwards = configOf(sourcesOf((input) => [input]));
  const backwards = configOf(
    sourcesOf((input) =>
      fs
        .readdirSync(input)
        .map((name) => join(input, name))
        .reverse(),
    ),
  );
  const one = await built(forwards, join(folder, 'one'));
  const two = await built(forwards, join(folder, 'two'), { numWorkers: 2 });
  const three = await built(backwards, join(folder, 'three'));
  expect(contentsOf(two.folder)).toEqual(contentsOf(one.folder));
  expect(contentsOf(three.folder)).toEqual(contentsOf(one.folder));
});

test('a changed file is the only one that is read again', async () => {
  const folder = temporaryFolder();
  // Large files are shards of their own; this line makes one large, and is rejected at once.
  const large = { body: 'x'.repeat(9 * 2 ** 20) };
  const input = writeJsonLines(join(folder, 'in'), {
    ...filesFor(3),
    'large.jsonl': [large, { text: 'a' }],
    'larger.jsonl': [large, { text: 'b' }],
  });
  const store = join(folder, 'store');
  const config = configOf({ web: sourceOf(input) });
  const first = await built(config, store);
  const records = () => cleanedAt(join(store, '.work/small/clean/web'));
  const before = records();
  expect(before.size).toBe(3);
  fs.appendFileSync(join(input, 'larger.jsonl'), `${JSON.stringify({ text: 'c' })}\n`);
  const second = await built(config, store);
  const changed = [...records()].filter(([key, time]) => before.get(key) !== time);
  expect(changed).toHaveLength(1);
  expect(second.manifest.id).not.toBe(first.manifest.id);
  const fresh = await built(config, join(folder, 'fresh'));
  expect(contentsOf(second.folder)).toEqual(contentsOf(fresh.folder));
  expect(new CorpusStore(store).find('small').manifest.id).toBe(second.manifest.id);
});

/** Shard → when it was cleaned. */
function cleanedAt(folder: string): Map<string, number> {
  const stat = (name: string) => fs.statSync(join(folder, name, 'done.json')).mtimeMs;
  return new Map(fs.readdirSync(folder).map((name) => [name, stat(name)]));
}

test('what was done is not done again, and a damaged step is', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const config = configOf({ web: sourceOf(writeJsonLines(join(folder, 'in'), filesFor(4))) });
  const first = await built(config, store);
  const clean = join(store, '.work/small/clean/web');
  const before = cleanedAt(clean);
  expect((await built(config, store)).manifest.id).toBe(first.manifest.id);
  expect(cleanedAt(clean)).toEqual(before);
  const contents = contentsOf(first.folder);
  // The version's own files are the same ones by another name, so the damaged one must be new.
  const damaged = join(clean, '0-of-1/documents.jsonl.gz');
  fs.rmSync(damaged);
  fs.writeFileSync(damaged, 'x');
  expect(contentsOf((await built(config, store)).folder)).toEqual(contents);
  expect(cleanedAt(clean)).not.toEqual(before);
});

test('a version on a parent holds only what is new, wherever it was before', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const [old, fresh] = [{ text: 'an old text' }, { text: 'a new text' }];
  const first = sourceOf(writeJsonLines(join(folder, 'a'), { 'a.jsonl': [old, { text: poem }] }));
  const parent = await built(configOf({ books: first }, { name: 'v1' }), store);
  const crawl = sourceOf(writeJsonLines(join(folder, 'b'), { 'b.jsonl': [old, fresh, fresh] }));
  const second = { name: 'v2', parents: ['v1'] };
  const child = await built(configOf({ crawl: { ...crawl, weight: 3 } }, second), store);
  const { manifest } = child;
  expect(manifest.parents).toEqual([{ name: 'v1', id: parent.manifest.id }]);
  expect(manifest.sources.crawl).toMatchObject({
    numDocuments: 1,
    dropped: { 'duplicate: exact': 2 },
  });
  expect(Object.keys(manifest.sources)).toEqual(['crawl']);
  expect(manifest.mixture).toMatchObject({ books: { share: 0.25 }, crawl: { share: 0.75 } });
  const third = sourceOf(writeJsonLines(join(folder, 'c'), { 'c.jsonl': [fresh, { text: poem }] }));
  const grandchild = { name: 'v3', parents: ['v2'] };
  const last = await built(configOf({ more: third }, grandchild), store);
  expect(last.manifest.sources.more).toMatchObject({ numDocuments: 0 });
});

test('a build that is stopped goes on', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const config = configOf({ web: sourceOf(writeJsonLines(join(folder, 'in'), filesFor(5))) });
  const stop = { isRequested: true };
  expect(await buildVersion(config, optionsOf(store, { stop }))).toBeUndefined();
  expect(lockHolder(join(store, '.work/small/.lock'))).toBeUndefined();
  expect(new CorpusStore(store).content().versions).toEqual([]);
  expect((await built(config, store)).manifest.name).toBe('small');
});

test('two builds of one name keep each other out', async () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const config = configOf({ web: sourceOf(writeJsonLines(join(folder, 'in'), filesFor(6))) });
  fs.mkdirSync(join(store, '.work/small'), { recursive: true });
  const release = takeLock(join(store, '.work/small/.lock'));
  await expect(buildVersion(config, optionsOf(store))).rejects.toThrow(FileError);
  release();
});

test.each([
  '../x',
  '',
  '.',
  '/tmp/x',
  'a/b',
  'CON',
  'nul.txt',
  'a.',
  'a..b',
  '\u202ex',
  'a\0b',
  'x'.repeat(300),
  ' a',
  '-a',
])('the name %j is refused, for a version and for a source', async (name) => {
  const folder = temporaryFolder();
  const source = sourceOf(folder);
  const [store, options] = [join(folder, 'store'), optionsOf(join(folder, 'store'))];
  const named = configOf({ web: source }, { name });
  await expect(buildVersion(named, options)).rejects.toThrow(ConfigError);
  await expect(buildVersion(configOf({ [name]: source }), options)).rejects.toThrow(ConfigError);
  expect(fs.existsSync(store)).toBe(false);
});

test('an unknown parent and a file that is not there are named', async () => {
  const folder = temporaryFolder();
  const options = optionsOf(join(folder, 'store'));
  const none = configOf({ web: sourceOf(folder) }, { parents: ['gpt-2'] });
  await expect(buildVersion(none, options)).rejects.toThrow(
    /the version must be one of .*"gpt-2"/s,
  );
  const missing = configOf({ web: sourceOf(join(folder, 'missing')) });
  await expect(buildVersion(missing, options)).rejects.toThrow(/corpus.sources.web.files/);
});
