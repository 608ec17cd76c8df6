/** `athanor corpus` from a recipe of the user to the answers about its version. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

const output = captureOutput();
const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-corpus-'));
const store = join(folder, 'store');

const prose = (topic: string) =>
  `The people of the town have much to say about ${topic}, and they say it with great care. ` +
  `When ${topic} is in the news, the old baker writes it down, for that is what he likes. ` +
  `Nobody has ever asked him why ${topic} should be worth it, and he would not tell them. ` +
  `So it goes on from year to year, with ${topic} and with all the other things of the world.`;

const texts = ['bread', 'the weather', 'a lost dog', 'the harvest', 'football'].map(prose);
const hostile = '</pre><script>alert(1)</script><img src=x onerror=alert(2)>';

function writeRecipe(name: string, corpus: object): string {
  const path = join(folder, `${name}.mjs`);
  const recipe = { name, description: `made for ${name}`, corpus };
  fs.writeFileSync(path, `export default ${JSON.stringify(recipe)};`);
  return path;
}

beforeAll(() => {
  const lines = [...texts, texts[0], 'too short', `${prose('titles')} ${hostile}`];
  const records = lines.map((text) => `${JSON.stringify({ text })}\n`);
  fs.writeFileSync(join(folder, 'news.jsonl'), records.join(''));
  fs.writeFileSync(
    join(folder, 'more.jsonl'),
    [texts[1], prose('the moon'), prose('the sea')]
      .map((text) => `${JSON.stringify({ text })}\n`)
      .join(''),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const source = (file: string, more = {}) => ({
  files: [join(folder, file)],
  clean: { gopherQuality: {} },
  ...more,
});
const corpus = (...args: string[]) => main(['corpus', ...args, '--store', store]);
const json = () => JSON.parse(output.printed) as Record<string, unknown>;

test('a recipe of the user becomes a version with a report', async () => {
  const recipe = writeRecipe('first', {
    sources: { news: source('news.jsonl', { licence: 'MIT' }) },
  });
  expect(await corpus('build', recipe, '--workers', '1')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/news: read\n(.*\n)*.* kept\n/);
  const report = fs.readFileSync(output.printed.trim().split('\n').at(-1) ?? '', 'utf8');
  expect(report).toContain('&lt;/pre&gt;&lt;script&gt;alert(1)');
  expect(report).not.toMatch(/<script|<img/);
});

test('a second version stands on the first', async () => {
  const recipe = writeRecipe('second', {
    sources: { more: source('more.jsonl', { weight: 2 }) },
    parents: ['first'],
  });
  expect(await corpus('build', recipe, '--workers', '1', '--json')).toBe(exitCodes.done);
  const last = JSON.parse(output.printed.trim().split('\n').at(-1) ?? '');
  expect(last.manifest.sources.more).toMatchObject({ numRead: 3, numDocuments: 2 });
});

test('list, show, lineage, sample and diff tell of versions', async () => {
  expect(await corpus('list')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^second-[0-9a-f]{12} +first-/m);
  output.printed = '';
  expect(await corpus('show', 'second')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/mixture .*epochs\nnews .* 33.3 % /);
  output.printed = '';
  expect(await corpus('lineage', 'second')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^second-.*\n└─ first-/);
  output.printed = '';
  expect(await corpus('sample', 'second', '-n', '20', '--json')).toBe(exitCodes.done);
  expect(json()).toHaveLength(6 + 2);
  output.printed = '';
  expect(await corpus('diff', 'first', 'second', '--json')).toBe(exitCodes.done);
  expect(json()).toMatchObject({ documents: { numBoth: 6, numOnlyBefore: 0, numOnlyAfter: 2 } });
  expect(json()).toMatchObject({ sources: { more: { numDocuments: [0, 2] } } });
});

test('why shows the text, the rule and the number', async () => {
  expect(await corpus('why', 'news/news.jsonl:7')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/dropped: gopher.* \(got 2, limit 50\)\n\ntoo short/);
  output.printed = '';
  expect(await corpus('why', 'more/more.jsonl:1')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/dropped: duplicate: exact.* of news\/news.jsonl:2\n/);
  output.printed = '';
  expect(await corpus('why', 'more/more.jsonl:2', '--json')).toBe(exitCodes.done);
  expect(output.printed).not.toContain('"drop"');
});

test.each([
  ['an unknown version', ['show', 'third'], /the version must be one of .*second-/],
  ['a path instead of a version', ['show', '../store'], /the version must be one of/],
  ['an unknown document', ['why', 'news/none:1'], /the document must be one that was read for/],
  ['an unknown source', ['sample', 'first', '--source', 'x'], /the source must be one of news/],
  ['a version without a name', ['show'], /missing required argument/],
  ['a recipe without clean', ['build', 'shakespeare-char'], /must have a source with clean/],
])('%s is a usage error', async (_, args, message) => {
  expect(await corpus(...args)).toBe(exitCodes.usage);
  expect(output.complained).toMatch(message);
});

test.each([
  ['an unknown filter', { clean: { gofer: {} } }, /corpus.sources.news.clean must be/],
  [
    'an unknown number',
    { clean: { gopherQuality: { x: 1 } } },
    /corpus.sources.news.clean must be/,
  ],
  ['files and generator', { generator: 'tang-poems' }, /must have files or a generator/],
  ['a cut', { heldOutBy: 'position' }, /heldOutBy must be document/],
])('a recipe with %s is refused', async (what, change, message) => {
  const recipe = writeRecipe(what.replaceAll(' ', '-'), {
    sources: { news: source('news.jsonl', change) },
  });
  expect(await corpus('build', recipe)).toBe(exitCodes.usage);
  expect(output.complained).toMatch(message);
});
