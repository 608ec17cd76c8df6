import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { listFiles, readerConfigSchema, readFile } from '../index.ts';
import { readAll, temporaryFile } from './testing/read-all.ts';

const lines = (...records: unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('JSON lines', () => {
  const format = 'json-lines';

  it('are documents with what their fields say', async () => {
    const record = { body: 'spring', key: 7, link: 'https://a.example/', rights: 'CC0-1.0' };
    const path = temporaryFile('a.jsonl', lines(record, { body: 'sleep' }));
    const fields = { text: 'body', id: 'key', url: 'link', licence: 'rights' };
    const config = { format, path, fields, licence: 'MIT' } as const;
    const file = { path: 'a.jsonl', sizeBytes: 0, modifiedMs: 0 };
    const found = [];
    for await (const one of readFile(file, config, 's')) found.push(one);
    const content = { kind: 'text', text: 'spring' };
    const origin = {
      source: 's',
      file: 'a.jsonl',
      record: 1,
      url: record.link,
      licence: 'CC0-1.0',
    };
    expect(found).toEqual([
      { document: { ...origin, id: 's/7', content } },
      {
        document: {
          ...{ source: 's', file: 'a.jsonl', record: 2, licence: 'MIT', id: 's/a.jsonl:2' },
          content: { kind: 'text', text: 'sleep' },
        },
      },
    ]);
  });

  it.each([
    ['no text field', { texts: 'a' }],
    ['no text field', { text: null }],
    ['text of the wrong type', { text: 1 }],
    ['text of the wrong type', { text: ['a'] }],
    ['text of the wrong type', { text: { a: 1 } }],
    ['text of the wrong type', { text: true }],
    ['empty text', { text: '' }],
    ['empty text', { text: ' \n\u3000' }],
    ['field of the wrong type', { text: 'a', url: ['b'] }],
    ['field of the wrong type', { text: 'a', url: {} }],
  ])('are rejected between good ones: %s', async (reason, record) => {
    const path = temporaryFile(
      'a.jsonl',
      `${lines({ text: 'a' }, record)}{"text":\n${lines({ text: 'b' })}`,
    );
    const found = await readAll(path, { format, fields: { url: 'url' } });
    expect(found).toEqual(['a', `[2: ${reason}]`, '[3: not JSON]', 'b']);
  });

  it('may hold pages', async () => {
    const path = temporaryFile('a.jsonl', lines({ text: '<p>春' }));
    expect(await readAll(path, { format, content: 'html' })).toEqual(['<p>春']);
  });

  it('of a damaged file are rejected as a whole, or kept before the damage, never mixed', async () => {
    const content = lines(
      ...Array.from({ length: 3_000 }, (_, i) => ({ text: `${i} 春眠不觉晓 ${i * i}` })),
    );
    const whole = gzipSync(content);
    const random = new SeededRandom(2);
    for (let i = 0; i < count({ test: 10, pr: 60, slow: 500 }); i++) {
      const cut = whole.subarray(0, random.int(whole.length));
      const path = temporaryFile('a.jsonl.gz', cut);
      expect(await readAll(path, { format })).toEqual(['[file: damaged file]']);
      const before = await readAll(path, { format, damagedFiles: 'keep-before' });
      expect(before.pop()).toBe('[file: damaged file]');
      expect(before).toEqual(before.map((_, i) => `${i} 春眠不觉晓 ${i * i}`));
    }
    const bomb = temporaryFile('a.jsonl.gz', gzipSync(Buffer.alloc(80 * 2 ** 20, 'x')));
    expect(await readAll(bomb, { format })).toEqual(['[file: damaged file]']);
  });
});

/** A folder of source code. */
const sources = {
  LICENSE:
    'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy',
  'a.py': 'x = 1\n',
  'ignored.py': 'y',
  'b/COPYING': 'GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007',
  'b/c.rs': 'fn main() {}',
  'b/d.ts': '// SPDX-License-Identifier: Apache-2.0\n',
  'e.png': 'x',
};

describe('folders', () => {
  it('of text and pages are one document a file, in any encoding', async () => {
    const text = { format: 'text' } as const;
    expect(await readAll(temporaryFile('a.md', '# 春'), text)).toEqual(['# 春']);
    expect(await readAll(temporaryFile('a.txt.gz', gzipSync('春')), text)).toEqual(['春']);
    const wide = Buffer.from('\ufeff春眠', 'utf16le');
    expect(await readAll(temporaryFile('a.txt', wide), text)).toEqual(['春眠']);
    expect(await readAll(temporaryFile('a.txt', ' \n'), text)).toEqual(['[file: empty text]']);
    const noise = Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 253));
    expect(await readAll(temporaryFile('a.txt', noise), text)).toEqual([
      '[file: unknown encoding]',
    ]);
    const page = temporaryFile('a.html', '<p>a');
    expect(await readAll(page, { format: 'html' })).toEqual(['<p>a']);
  });

  it('of code know language and licence, and what git ignores', async () => {
    const root = dirname(temporaryFile('.gitignore', 'ignored.py\n'));
    for (const [name, content] of Object.entries(sources)) {
      fs.mkdirSync(dirname(join(root, name)), { recursive: true });
      fs.writeFileSync(join(root, name), content);
    }
    execFileSync('git', ['init', '-q', root]);
    const config = { format: 'code', path: root } as const;
    const found: unknown[] = [];
    for (const file of (await listFiles(config, 's')).files) {
      for await (const record of readFile(file, config, 's')) {
        if (!('document' in record) || record.document.content.kind !== 'code') continue;
        const { licence, content } = record.document;
        found.push([file.path, content.programmingLanguage, licence]);
      }
    }
    expect(found).toEqual([
      ['a.py', 'Python', 'MIT'],
      ['b/c.rs', 'Rust', 'GPL-3.0-only'],
      ['b/d.ts', 'TypeScript', 'Apache-2.0'],
    ]);
  });
});

it('a wrong config is refused', () => {
  const config = { format: 'csv', path: 'a', delimiter: '"' };
  expect(readerConfigSchema.safeParse(config).success).toBe(false);
  expect(readerConfigSchema.safeParse({ ...config, delimiter: ';' }).success).toBe(true);
  expect(readerConfigSchema.safeParse({ ...config, delimiter: ';', paths: [] }).success).toBe(
    false,
  );
});
