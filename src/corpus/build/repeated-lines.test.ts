/** Lines that many documents have. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { repeatedLineDefaults } from '../deduplicate/index.ts';
import type { StoredVersion } from '../version/index.ts';
import type { BuildConfig, BuildOptions } from './build-config.ts';
import { findDocument } from './find-document.ts';
import { buildIn, documentsOf, expectNothingLost, words } from './testing/built-store.ts';
import { configOf, sourceOf, temporaryFolder, writeJsonLines } from './testing/small-store.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function build(
  config: BuildConfig,
  store = 'store',
  changes: Partial<BuildOptions> = {},
): Promise<StoredVersion> {
  return buildIn(join(folder, store), config, changes);
}

const menu = 'Home | News | About us | Contact';

/** Texts below a menu. */
function pages(name: string, count: number): { text: string }[] {
  return Array.from({ length: count }, (_, i) => ({ text: `${menu}\n${words(`${name} ${i}`)}` }));
}

/** The same page, fetched twenty times, must not make its own lines repeated ones. */
const popular = `${words('popular title', 6)}\n${words('popular')}`;
const copies = Array.from({ length: 20 }, () => ({ text: popular }));

test('lines that many documents have are cut out, and what has no others is dropped by name', async () => {
  const records = [...pages('page', 12), ...copies, { text: `${menu}\n\nAbout` }, { text: menu }];
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': records });
  const config = configOf({ web: sourceOf(input) }, { repeatedLines: repeatedLineDefaults });
  const version = await build(config);
  expectNothingLost(version);
  const documents = await documentsOf(version);
  expect(documents.filter(({ text }) => String(text).includes('Home'))).toEqual([]);
  expect(documents.map(({ text }) => text)).toEqual([
    ...Array.from({ length: 12 }, (_, i) => words(`page ${i}`)),
    popular,
    'About',
  ]);
  expect(documents[0]?.cutBytes).toBe(menu.length + 1);
  expect(documents[12]).not.toHaveProperty('cutBytes');
  expect(version.manifest.sources.web?.dropped).toEqual({
    'duplicate: exact': 19,
    'repeated lines: nothing else': 1,
  });
  const [finding] = await findDocument('web/a.jsonl:34', version);
  expect(finding?.drop).toMatchObject({ reason: 'repeated lines: nothing else', value: 1 });
  expect(fs.readFileSync(join(version.folder, 'report.html'), 'utf8')).toContain(
    'were cut out of 13',
  );
});

test('texts that are alike without their menus are duplicates', async () => {
  const footer = `${words('footer', 40)}\n${words('other footer', 40)}`;
  const sites = Array.from({ length: 11 }, (_, i) => ({ text: `${words(`site ${i}`)}\n${menu}` }));
  const others = Array.from({ length: 11 }, (_, i) => ({
    text: `${words(`blog ${i}`)}\n${footer}`,
  }));
  const article = words('article', 20);
  const both = [{ text: `${article}\n${menu}` }, { text: `${article}\n${footer}` }];
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': [...sites, ...others, ...both] });
  const source = { web: sourceOf(input) };
  const plain = await build(configOf(source, { name: 'plain' }));
  expect(plain.manifest.sources.web?.dropped).toEqual({});
  const cut = await build(configOf(source, { repeatedLines: repeatedLineDefaults }));
  expect(cut.manifest.sources.web?.dropped).toEqual({ 'duplicate: exact': 1 });
  expectNothingLost(cut);
});

test('a version cuts the lines of its ancestors too, and takes no text of theirs again', async () => {
  const first = writeJsonLines(join(folder, 'a'), { 'a.jsonl': pages('a', 12) });
  const rules = { repeatedLines: repeatedLineDefaults };
  await build(configOf({ old: sourceOf(first) }, { name: 'v1', ...rules }));
  const records = [...pages('b', 2), { text: words('a 3') }];
  const second = writeJsonLines(join(folder, 'b'), { 'b.jsonl': records });
  const child = { name: 'v2', parents: ['v1'] };
  const version = await build(configOf({ more: sourceOf(second) }, { ...child, ...rules }));
  expect((await documentsOf(version)).map(({ text }) => text)).toEqual([
    words('b 0'),
    words('b 1'),
  ]);
  const other = { ...repeatedLineDefaults, minUnits: 3 };
  const counted = configOf(
    { more: sourceOf(second) },
    { ...child, name: 'v3', repeatedLines: other },
  );
  // Hashes of other units would mean something else, so those of the parent are left alone.
  expect((await documentsOf(await build(counted)))[0]?.text).toContain(menu);
});
