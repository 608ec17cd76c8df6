/** CSV between good rows, wherever blocks are cut; JSON lines have theirs in src/base. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { LineSplitter } from '../../base/index.ts';
import { RowBuilder } from './csv-rows.ts';
import { readAll, temporaryFile } from './testing/read-all.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const good = '1,"处处，""闻""",啼鸟';
const goodFields = ['1', '处处，"闻"', '啼鸟'];

/** Rows of a text, cut at one place. */
function rowsOf(content: Buffer, cut: number): unknown[] {
  const [lines, rows] = [new LineSplitter(), new RowBuilder(',')];
  const found: unknown[] = [];
  for (const block of [content.subarray(0, cut), content.subarray(cut)]) {
    for (const line of lines.push(block)) found.push(...rows.push(line));
  }
  for (const line of lines.end()) found.push(...rows.push(line));
  return [...found, ...rows.end()];
}

const cases: [name: string, row: Buffer, expected: object[]][] = [
  [
    'a quote that is never closed',
    bytes('2,"b,c'),
    [{ line: 2, rejected: 'a quote that is never closed' }],
  ],
  ['a quote inside', bytes('2,b"b,c'), [{ line: 2, rejected: 'a quote in the wrong place' }]],
  [
    'words behind a quote',
    bytes('2,"b"b,c'),
    [{ line: 2, rejected: 'a quote in the wrong place' }],
  ],
  ['a byte alone', bytes('2,', [0xff], ',c'), [{ line: 2, rejected: 'not UTF-8' }]],
  ['half a character', bytes('2,', [0xe6, 0x99], ',c'), [{ line: 2, rejected: 'not UTF-8' }]],
  ['an overlong slash', bytes('2,', [0xc0, 0xaf], ',c'), [{ line: 2, rejected: 'not UTF-8' }]],
  ['a raw surrogate', bytes('2,', [0xed, 0xa0, 0x80]), [{ line: 2, rejected: 'not UTF-8' }]],
  ['bad bytes within quotes', bytes('2,"b', [0xff], '"'), [{ line: 2, rejected: 'not UTF-8' }]],
  [
    'a carriage return inside',
    bytes('2,b\rb,c'),
    [{ line: 2, rejected: 'a quote in the wrong place' }],
  ],
  ['nothing', bytes(''), []],
  ['spaces', bytes('  \t'), []],
  ['CRLF', bytes('2,b,c\r'), [{ line: 2, fields: ['2', 'b', 'c'] }]],
  ['a line end in quotes', bytes('2,"b\nb",c'), [{ line: 2, fields: ['2', 'b\nb', 'c'] }]],
  ['CRLF in quotes', bytes('2,"b\r\nb",c\r'), [{ line: 2, fields: ['2', 'b\r\nb', 'c'] }]],
  ['a delimiter in quotes', bytes('2,"b,b",c'), [{ line: 2, fields: ['2', 'b,b', 'c'] }]],
  ['empty fields', bytes(',,'), [{ line: 2, fields: ['', '', ''] }]],
  ['empty quotes', bytes('"","",'), [{ line: 2, fields: ['', '', ''] }]],
  ['quotes alone', bytes('"""",b'), [{ line: 2, fields: ['"', 'b'] }]],
  ['NUL', bytes('2,b\0b'), [{ line: 2, fields: ['2', 'b\0b'] }]],
  ['line separators', bytes('a\u2028b,c'), [{ line: 2, fields: ['a\u2028b', 'c'] }]],
  ['a mark inside', bytes('\ufeffa,b'), [{ line: 2, fields: ['\ufeffa', 'b'] }]],
];

describe('a row of CSV', () => {
  it.each(cases)('with %s stands between two good ones', (_, row, expected) => {
    const content = bytes(`${good}\n`, [...row], `\n${good}\n`);
    const last = 2 + row.toString('latin1').split('\n').length;
    for (let cut = 0; cut <= content.length; cut++) {
      expect(rowsOf(content, cut), `cut at ${cut}`).toEqual([
        { line: 1, fields: goodFields },
        ...expected,
        { line: last, fields: goodFields },
      ]);
    }
  });

  it('holds whatever is written into it', () => {
    const field = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    const property = fc.property(rows, fc.nat(), (all, cut) => {
      const lines = all.map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(','));
      const content = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const found = rowsOf(content, cut % (content.length + 1));
      expect(found).toMatchObject(all.map((fields) => ({ fields })));
    });
    fc.assert(property, { numRuns: count({ test: 200, pr: 2_000, slow: 100_000 }) });
  });

  it('is found again after a quote that is never closed, in linear time', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? `"${i},b` : `${i},b`));
    const found = rowsOf(Buffer.from(`${good}\n${lines.join('\n')}\n`), 0);
    expect(found).toHaveLength(20_001);
    expect(found[1]).toMatchObject({ line: 2, rejected: expect.stringContaining('quote') });
    const open = rowsOf(Buffer.from(`a,b\n"c,d\n${'e,f\n'.repeat(50)}`), 0);
    expect(open).toHaveLength(52);
    expect(open[1]).toEqual({ line: 2, rejected: 'a quote that is never closed' });
    expect(open.at(-1)).toEqual({ line: 52, fields: ['e', 'f'] });
  });
});

describe('a file of CSV', () => {
  const content = `\ufeffid,text\r\n${'x'}1,spring\r\nx2,"a\nb"\r\nx3\r\nx4,\r\nx5,end`;
  const expected = ['spring', 'a\nb', '[5: not as many fields as names]', '[6: empty text]', 'end'];

  it('is read by the names of its first row, also packed and with other delimiters', async () => {
    const csv = { format: 'csv' } as const;
    expect(await readAll(temporaryFile('a.csv', content), csv)).toEqual(expected);
    expect(await readAll(temporaryFile('a.csv.gz', gzipSync(content)), csv)).toEqual(expected);
    const tsv = temporaryFile('a.tsv', 'text\tid\nspring, sleep\t1\n');
    expect(await readAll(tsv, csv)).toEqual(['spring, sleep']);
    const without = await readAll(temporaryFile('a.csv', 'a,b\n1,2\n'), csv);
    expect(without).toEqual(['[2: no text field]']);
    expect(await readAll(temporaryFile('a.csv', ''), csv)).toEqual([]);
  });

  it('gives up a line that is too long, and goes on', async () => {
    const file = temporaryFile('a.csv');
    writeFileSync(file, `text\na\n${'b'.repeat(17 * 2 ** 20)}\nc\n`);
    expect(await readAll(file, { format: 'csv' })).toEqual(['a', '[3: line too long]', 'c']);
  });
});
