import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SeededRandom } from '../../base/index.ts';
import { documentOf } from '../testing/documents.ts';
import { randomText } from '../testing/planted.ts';
import {
  findRepeatedLines,
  lineHashesOf,
  repeatedLineDefaults,
  repeatedLineFilter,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = new SeededRandom(3);
const menu = 'Home, news, sports and weather';
const foot = '版权所有，未经许可不得转载。';
/** Twelve pages with a foot of the site, ten with its menu, and lines of their own. */
const pages = Array.from({ length: 12 }, (_, i) => {
  const own = [randomText(random, 'en', 30), randomText(random, 'zh', 30)];
  return [i < 10 ? menu : 'The only one', ...own, foot.replace('，', i % 2 === 0 ? '，' : '。')];
});

/** Writes the hashes of the pages in some number of files and looks for what is repeated. */
function repeatedIn(texts: readonly string[], numFiles: number, rules = repeatedLineDefaults) {
  const files = Array.from({ length: numFiles }, (_, file) => {
    const path = join(folder, `${file}.lines`);
    const own = texts.filter((_, i) => i % numFiles === file);
    writeFileSync(path, Buffer.concat(own.map((text) => lineHashesOf(text, rules))));
    return path;
  });
  return findRepeatedLines(files, rules);
}

const texts = pages.map((lines) => lines.join('\n'));

test('lines of more documents than the limit are cut out, others stay', () => {
  const filter = repeatedLineFilter(repeatedIn(texts, 1), repeatedLineDefaults);
  for (const [i, text] of texts.entries()) {
    const without = (pages[i] ?? []).slice(0, -1).join('\n');
    expect(filter.judge(documentOf(text))).toEqual({ document: documentOf(without) });
  }
});

test('the number and order of files do not matter', () => {
  const expected = repeatedIn(texts, 1);
  expect(expected).toHaveLength(8);
  expect(repeatedIn(random.shuffle(texts), 5)).toEqual(expected);
});

test('a line that one document has often counts once', () => {
  const text = `${`${menu}\n`.repeat(20)}The end of it all`;
  expect(repeatedIn([text], 1)).toHaveLength(0);
});

test('short lines are left alone, and a document of nothing else is dropped', () => {
  const copies = Array.from({ length: 11 }, () => `Yes.\n${menu}`);
  const filter = repeatedLineFilter(repeatedIn(copies, 2), repeatedLineDefaults);
  expect(filter.judge(documentOf(`Yes.\n${menu}`))).toEqual({ document: documentOf('Yes.') });
  expect(filter.judge(documentOf(`${menu}\n${menu}!`))).toEqual({
    drop: { reason: 'repeated lines: nothing else', value: 2, limit: 10 },
  });
});

test('paragraphs are compared as wholes', () => {
  const rules = { ...repeatedLineDefaults, unit: 'paragraph' as const };
  const copies = pages.map((lines) => `${menu}\n${foot}\n\n${menu}\n${lines.join('\n')}`);
  const filter = repeatedLineFilter(repeatedIn(copies, 1, rules), rules);
  const [copy = ''] = copies;
  const rest = copy.slice(copy.indexOf('\n\n') + 2);
  expect(filter.judge(documentOf(copy))).toEqual({ document: documentOf(rest) });
});

test('a file that ends inside a hash is refused', () => {
  const path = join(folder, 'cut.lines');
  writeFileSync(path, Buffer.alloc(12));
  expect(() => findRepeatedLines([path], repeatedLineDefaults)).toThrow('got 4 more');
});
