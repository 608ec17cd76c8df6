import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../base/index.ts';
import { splitterNamed } from '../splitters/splitter.ts';
import { awkwardText } from '../testing/awkward-text.ts';
import { Tokenizer } from '../tokenizer.ts';
import { countTask } from './count-task.ts';
import { maxWordBytes, PieceCounter } from './piece-counter.ts';
import { planTasks } from './plan-tasks.ts';
import { type TokenizerTraining, trainTokenizer } from './train-tokenizer.ts';
import { WordCounts } from './word-counts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-tokenizer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function hashOf(training: TokenizerTraining): Promise<string> {
  return new Tokenizer((await trainTokenizer(training)).data).hash;
}

const poem = '春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。\n';
const verse = 'Spring sleep, not waking to the dawn; everywhere I hear birds singing.\n';

describe('training a tokenizer', () => {
  it('gives the same for any order of files, number of workers and form of file', async () => {
    const random = new SeededRandom(5);
    const texts = Array.from({ length: 300 }, () => awkwardText(random)).concat(poem, verse);
    const lines = texts.map((text) => JSON.stringify({ text }));
    const a = file('a.jsonl', lines.slice(0, 100).join('\n'));
    const b = file('b.jsonl.gz', gzipSync(`${lines.slice(100, 200).join('\n')}\n`));
    const c = file('c.jsonl', lines.slice(200).join('\n'));
    const all = file('all.jsonl', lines.join('\r\n'));
    const expected = await hashOf({ files: [all], vocabSize: 400, numWorkers: 1 });
    expect(await hashOf({ files: [c, a, b], vocabSize: 400, numWorkers: 1 })).toBe(expected);
    expect(await hashOf({ files: [b, c, a], vocabSize: 400, numWorkers: 3 })).toBe(expected);
    expect(await hashOf({ files: [a, b], vocabSize: 400, numWorkers: 1 })).not.toBe(expected);
  });

  it('counts a large text in ranges as it would whole', async () => {
    const random = new SeededRandom(6);
    const part = Array.from({ length: 20_000 }, () => awkwardText(random)).join(' word word ');
    const text = `${poem}${part}`.repeat(9);
    const path = file('large.txt', text);
    const tasks = await planTasks([path]);
    expect(tasks.length).toBeGreaterThan(1);
    const [inRanges, whole] = [new WordCounts(), new WordCounts()];
    for (const task of tasks) await countTask(task, 'cl100k', inRanges);
    new PieceCounter(splitterNamed('cl100k'), whole).count(Buffer.from(text));
    expect(countsByWord(inRanges)).toEqual(countsByWord(whole));
  });

  it('puts bytes first in the order of GPT-2, special tokens last', async () => {
    const files = [file('p.txt', poem.repeat(20))];
    const specialTokens = ['<|end|>', '<|user|>'];
    const { data } = await trainTokenizer({ files, vocabSize: 300, specialTokens });
    const tokenizer = new Tokenizer(data);
    expect(tokenizer.encode('! ')).toEqual(Uint32Array.of(0, 220));
    expect(tokenizer.vocabSize).toBe(data.tokens.length + 2);
    expect(tokenizer.specialTokens.idOf('<|user|>')).toBe(tokenizer.vocabSize - 1);
    expect(tokenizer.encode(poem).length).toBeLessThan(Buffer.byteLength(poem) / 3);
  });

  it('counts what it cannot use, by reason', async () => {
    const lines = [
      '{"text":"good good"}',
      '{"text":',
      '[1]',
      '{"texts":"x"}',
      '{"text":"\\ud800"}',
      '',
    ];
    const bad = Buffer.concat([
      Buffer.from(lines.join('\n')),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    ]);
    const long = file('long.txt', `a ${'b'.repeat(5 * 2 ** 20)} c`);
    const files = [file('bad.jsonl', bad), long];
    const { report } = await trainTokenizer({ files, vocabSize: 300, numWorkers: 1 });
    expect(report.numDocuments).toBe(1);
    expect(report.rejected).toEqual({
      'not JSON': 1,
      'no text field': 1,
      'not an object': 1,
      'half a surrogate pair': 1,
      'not UTF-8': 1,
      'word too long': 1,
    });
  });

  it('takes empty files and files of one byte', async () => {
    const files = [file('empty.txt', ''), file('one.txt', 'x'), file('zero.jsonl', '')];
    const { data, report } = await trainTokenizer({ files, vocabSize: 1000, numWorkers: 1 });
    expect(report.numMerges).toBe(0);
    expect(new Tokenizer(data).decode(new Tokenizer(data).encode(poem))).toBe(poem);
  });

  it.each([255, 257, 1.5, Number.NaN, 2 ** 21])(
    'refuses the vocabulary size %s',
    async (vocabSize) => {
      const training = { files: [], vocabSize, specialTokens: ['<a>', '<b>'] };
      await expect(trainTokenizer(training)).rejects.toThrow(/vocabSize must be a whole number/);
    },
  );

  it('names files that are missing, damaged or changing', async () => {
    const missing = join(folder, 'missing.txt');
    await expect(hashOf({ files: [missing], vocabSize: 300 })).rejects.toThrow(missing);
    await expect(hashOf({ files: [folder], vocabSize: 300 })).rejects.toThrow(/ordinary file/);
    const zipped = gzipSync(poem.repeat(1000));
    const cut = file('cut.txt.gz', zipped.subarray(0, zipped.length - 9));
    await expect(hashOf({ files: [cut], vocabSize: 300 })).rejects.toThrow(cut);
    const shrinking = file('shrinking.txt', poem);
    const [task] = await planTasks([shrinking]);
    truncateSync(shrinking, 10);
    const work = countTask(task as NonNullable<typeof task>, 'gpt2', new WordCounts());
    await expect(work).rejects.toThrow(/stay as it is while it is read/);
  });

  it('passes an error of a worker on, with its class', async () => {
    // Letters only: the splitter would cut a number into digits, of which there are few.
    const lettersOf = (i: number): string =>
      String(i).replace(/\d/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? '');
    const lines = Array.from({ length: 60_000 }, (_, i) => JSON.stringify({ text: lettersOf(i) }));
    const files = [file('a.jsonl', lines.join('\n')), file('b.jsonl', lines.join('\n'))];
    const training = { files, vocabSize: 300, numWorkers: 2, maxMemoryBytes: 2 ** 20 };
    await expect(trainTokenizer(training)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('the table of different words'),
    });
  });
});

describe('counting blocks', () => {
  it('leaves out pieces longer than a word, however the blocks fall', () => {
    const text = Buffer.from(`ab ${'x'.repeat(5 * maxWordBytes)} cd ${'y'.repeat(100)}`);
    for (const blockBytes of [1000, maxWordBytes, 3 * maxWordBytes + 7, text.length]) {
      const counts = new WordCounts();
      const counter = new PieceCounter(splitterNamed('gpt2'), counts);
      for (let at = 0; at < text.length; at += blockBytes) {
        counter.push(text.subarray(at, at + blockBytes));
      }
      counter.end();
      expect(Object.keys(countsByWord(counts)).map((word) => word.length)).toEqual([3, 101, 2]);
      expect(counter.numTooLong).toBe(1);
    }
  });
});

function countsByWord(counts: WordCounts): Record<string, number> {
  const { bytes, ends, counts: numbers } = counts.arrays();
  const words = Array.from(ends, (end, word): [string, number] => [
    Buffer.from(bytes.subarray(ends[word - 1] ?? 0, end)).toString('latin1'),
    numbers[word] as number,
  ]);
  return Object.fromEntries(words.sort(([a], [b]) => (a < b ? -1 : 1)));
}
