import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../base/index.ts';
import { readDocuments } from '../index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Texts as strings, rejections in brackets. */
async function readAll(...files: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const document of readDocuments(files)) {
    if ('rejected' in document) found.push(`[${document.rejected}]`);
    else found.push(Buffer.from(document.text as string).toString());
  }
  return found;
}

const line = (text: string) => `${JSON.stringify({ text })}\n`;

describe('readDocuments', () => {
  it('takes a file of text for one document, and a line of JSON for one', async () => {
    const lines = line('春眠\n不觉晓') + line('b');
    const files = [
      ...[
        file('a.txt', '处处\n闻啼鸟'),
        file('b.jsonl', lines),
        file('c.txt.gz', gzipSync('夜来')),
      ],
      ...[file('d.ndjson.gz', gzipSync(lines)), file('e.txt', '')],
    ];
    const both = ['春眠\n不觉晓', 'b'];
    expect(await readAll(...files)).toEqual(['处处\n闻啼鸟', ...both, '夜来', ...both, '']);
  });

  it('finds lines across blocks, and the last without its end', async () => {
    const texts = Array.from({ length: 9 }, (_, i) => '晓'.repeat(100_000 + i));
    expect(await readAll(file('a.jsonl', texts.map(line).join('').trimEnd()))).toEqual(texts);
  });

  it('counts lines that cannot be used, and passes over blank ones', async () => {
    const lines = [
      ...['{"text":', '[1]', 'null', '{"content":"a"}', '{"text":1}', '', ' \r', '{"text":"good"}'],
      `{"text":"${'x'.repeat(16 * 2 ** 20)}"}`,
    ];
    const path = file('a.jsonl', `${lines.join('\n')}\n`);
    appendFileSync(path, Uint8Array.of(0x22, 0xff, 0x22));
    const missing = Array.from({ length: 4 }, () => '[no text field]');
    const rest = ['good', '[line too long]', '[not UTF-8]'];
    expect(await readAll(path)).toEqual(['[not JSON]', ...missing, ...rest]);
  });

  it('refuses files that are missing, damaged or changed meanwhile', async () => {
    await expect(readAll('/nowhere/a.txt')).rejects.toThrow(/must be a readable file, got ENOENT/);
    const cut = gzipSync('x'.repeat(9_999)).subarray(0, -9);
    await expect(readAll(file('a.txt.gz', cut))).rejects.toThrow(/must be readable to its end/);
    await expect(readAll(temporaryFolder())).rejects.toThrow(FileError);
    const path = file('a.jsonl', line('a') + line('b'));
    const grow = async () => {
      for await (const _ of readDocuments([path])) appendFileSync(path, line('c'));
    };
    await expect(grow()).rejects.toThrow(/must stay as it is while it is read, got a change/);
  });
});
