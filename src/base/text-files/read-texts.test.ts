import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { FileError, SeededRandom } from '../index.ts';
import { readBlocks } from './read-blocks.ts';
import { readTexts } from './read-texts.ts';
import { Rejections } from './rejections.ts';

function file(name: string, content: string | Uint8Array): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-texts-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  fs.writeFileSync(path, content);
  return path;
}

/** Texts as strings, rejections in brackets with their line. */
async function readAll(...files: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const record of readTexts(files)) {
    if ('rejected' in record) found.push(`[${record.line ?? 'file'}: ${record.rejected}]`);
    else found.push(Buffer.from(record.text).toString());
  }
  return found;
}

const line = (text: string) => `${JSON.stringify({ text })}\n`;
const lines = line('春眠\n不觉晓') + line('b');

describe('readTexts', () => {
  it('takes a file of text for one text, and a line of JSON for one', async () => {
    const files = [
      ...[file('a.txt', '处处\n闻啼鸟'), file('b.jsonl', lines)],
      ...[file('c.txt.gz', gzipSync('夜来')), file('d.ndjson.gz', gzipSync(lines))],
      ...[file('e.txt', ''), file('f.jsonl', '')],
    ];
    const both = ['春眠\n不觉晓', 'b'];
    expect(await readAll(...files)).toEqual(['处处\n闻啼鸟', ...both, '夜来', ...both, '']);
  });

  it('finds lines across blocks, and the last without its end', async () => {
    const texts = Array.from({ length: 9 }, (_, i) => '晓'.repeat(100_000 + i));
    const content = texts.map(line).join('').trimEnd();
    expect(await readAll(file('a.jsonl', content))).toEqual(texts);
    expect(await readAll(file('a.jsonl.gz', gzipSync(content)))).toEqual(texts);
  });

  it('keeps a text until its reader is asked for the next, whatever others read', async () => {
    for (const name of ['a.txt', 'a.jsonl']) {
      const [a, b] = ['处处', '夜来'].map((text) =>
        readTexts([file(name, name === 'a.txt' ? text : line(text))]),
      );
      const first = (await a?.next())?.value as { text: Uint8Array };
      await b?.next();
      expect(Buffer.from(first.text).toString()).toBe('处处');
      await Promise.all([a?.return(undefined), b?.return(undefined)]);
    }
  });

  it('rejects a line that is too long, and a file that is not UTF-8, by file and line', async () => {
    const long = `{"text":"${'x'.repeat(16 * 2 ** 20)}"}`;
    const path = file('a.jsonl', `${line('a')}\n${long}\n{"texts":1}\n${line('b')}`);
    expect(await readAll(path)).toEqual(['a', '[3: line too long]', '[4: no text field]', 'b']);
    expect(await readAll(file('a.txt', Uint8Array.of(0x61, 0xff)))).toEqual(['[file: not UTF-8]']);
    const rejections = new Rejections();
    for await (const record of readTexts([path])) {
      if ('rejected' in record) rejections.add(record.rejected, record);
    }
    expect(rejections.counts).toEqual({ 'line too long': 1, 'no text field': 1 });
    expect(rejections.places['no text field']).toEqual([`${path}:4`]);
  });

  it('remembers ten places of a reason', () => {
    const rejections = new Rejections();
    for (let i = 1; i <= 12; i++) rejections.add('empty', { file: 'a', line: i });
    rejections.add('other');
    expect(rejections.counts).toEqual({ empty: 12, other: 1 });
    expect(rejections.places.empty?.at(-1)).toBe('a:10');
  });
});

describe('a file that cannot be read to its end', () => {
  it('is refused when it is missing, a folder or a pipe', async () => {
    await expect(readAll('/nowhere/a.txt')).rejects.toThrow(
      /a.txt must be readable, got ENOENT\n {2}hint: check the name/,
    );
    await expect(readAll(tmpdir())).rejects.toThrow(/must be an ordinary file/);
  });

  it('is refused when it changes or vanishes meanwhile', async () => {
    const path = file('a.jsonl', lines);
    const meddle = async (change: () => void, ...paths: string[]) => {
      for await (const _ of readTexts(paths)) change();
    };
    const grow = () => fs.appendFileSync(path, line('c'));
    await expect(meddle(grow, path)).rejects.toThrow(/must stay as it is while it is read/);
    const next = file('b.jsonl', lines);
    const vanish = () => fs.rmSync(next, { force: true });
    await expect(meddle(vanish, path, next)).rejects.toThrow(
      /b.jsonl must be readable, got ENOENT/,
    );
    const large = file('c.txt', 'x'.repeat(3 * 2 ** 20));
    const cut = async () => {
      for await (const _ of readBlocks(large)) fs.truncateSync(large, 2 ** 20);
    };
    await expect(cut()).rejects.toThrow(/must stay as it is while it is read/);
  });

  it('is refused after any cut and any flipped bit of its gzip data', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `${i} 春眠不觉晓`);
    const whole = gzipSync(texts.map(line).join(''));
    const random = new SeededRandom(1);
    for (let i = 0; i < count({ test: 30, pr: 60, slow: 700 }); i++) {
      const bytes = Buffer.from(whole);
      // The header's time, extra flags and system (bytes 4 to 9) say nothing about the data.
      const at = 10 + random.int(whole.length - 10);
      bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
      const flipped = readAll(file('a.jsonl.gz', bytes));
      await expect(flipped, `byte ${at}`).rejects.toThrow(FileError);
      const length = random.int(whole.length);
      const cut = readAll(file('a.jsonl.gz', whole.subarray(0, length)));
      await expect(cut, `cut to ${length}`).rejects.toThrow(/must be whole gzip data/);
    }
    expect(await readAll(file('a.jsonl.gz', whole))).toEqual(texts);
  });

  it('is refused with anything but zeros and members behind its gzip data', async () => {
    const [a, b] = [gzipSync(line('a')), gzipSync(line('b'))];
    const members = file('a.jsonl.gz', Buffer.concat([a, b, Buffer.alloc(512)]));
    expect(await readAll(members)).toEqual(['a', 'b']);
    const junk = readAll(file('a.jsonl.gz', Buffer.concat([a, Buffer.from('junk')])));
    await expect(junk).rejects.toThrow(/must be whole gzip data, got incorrect header check/);
  });

  it('is refused when it grows without measure', async () => {
    const bomb = file('bomb.jsonl.gz', gzipSync(Buffer.alloc(80 * 2 ** 20, 'x')));
    await expect(readAll(bomb)).rejects.toThrow(/must grow at most 200 times, got \d+ of \d+/);
  });
});
