import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTokenizer } from '../tokenizer/index.ts';
import { addTokenizerCommands } from './tokenizer.ts';

let folder = '';
let output = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-cli-'));
  output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function athanor(...args: string[]): Promise<string> {
  output = '';
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addTokenizerCommands(program);
  for (const command of program.commands.flatMap((parent) => [parent, ...parent.commands])) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  await program.parseAsync(['tokenizer', ...args], { from: 'user' });
  return output;
}

const poem = '春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。\n';
const verse = 'Spring sleep, and no one wakes to the dawn. ';

describe('athanor tokenizer', () => {
  it('trains, encodes and counts', async () => {
    const [corpus, text] = [join(folder, 'corpus.txt'), join(folder, 'poem.txt')];
    writeFileSync(corpus, (poem + verse).repeat(30));
    writeFileSync(text, poem);
    const trained = await athanor('train', corpus, '--vocab-size', '400', '--out', folder);
    expect(trained).toMatch(
      /merges learned in .*\n.*tokenizer.json: \d+ tokens, hash [0-9a-f]{64}/s,
    );
    const file = join(folder, 'tokenizer.json');
    await encodesTheSame(text, file);
    await countsBytesPerToken(text, file);
  });

  it('says when the text is too short for the vocabulary', async () => {
    const corpus = join(folder, 'corpus.txt');
    writeFileSync(corpus, '');
    const trained = await athanor('train', corpus, '--vocab-size', '400', '--out', folder);
    expect(trained).toMatch(/smaller than the 400 tokens asked for: no other pair occurs 2 times/);
    expect(await athanor('train', corpus, '--vocab-size', '257', '--out', folder)).not.toMatch(
      /smaller/,
    );
  });

  it('writes what others read', async () => {
    const corpus = join(folder, 'corpus.txt');
    writeFileSync(corpus, verse.repeat(9));
    const special = ['--special', '<|a|>', '<|b|>'];
    await athanor('train', corpus, '--vocab-size', '300', '--out', join(folder, 'new'), ...special);
    const written = JSON.parse(readFileSync(join(folder, 'new', 'tokenizer.json'), 'utf8'));
    expect(written.added_tokens.map((token: { content: string }) => token.content)).toEqual([
      '<|a|>',
      '<|b|>',
    ]);
    expect(written.model.ignore_merges).toBe(false);
  });

  it('refuses what it cannot use', async () => {
    const size = ['--vocab-size', '300'];
    await expect(athanor('train', 'x', '--out', folder)).rejects.toThrow(/--vocab-size/);
    await expect(athanor('train', 'x', ...size)).rejects.toThrow(/--out/);
    const train = ['train', join(folder, 'missing'), '--out', folder];
    await expect(athanor(...train, ...size)).rejects.toThrow(/missing must be readable/);
    await expect(athanor(...train, '--vocab-size', '0')).rejects.toThrow(/whole number from 1/);
    await expect(athanor(...train, ...size, '--splitter', 'x')).rejects.toThrow(/Allowed choices/);
    const inFile = ['train', 'x', '--out', join(folder, 'file'), ...size];
    writeFileSync(join(folder, 'file'), '');
    await expect(athanor(...inFile)).rejects.toThrow(/file must be writable, got EEXIST/);
    writeFileSync(join(folder, 'a.tiktoken'), '');
    const ranks = athanor('encode', 'x', '--tokenizer', join(folder, 'a.tiktoken'));
    await expect(ranks).rejects.toThrow(/come with the name of its splitter/);
    writeFileSync(join(folder, 'bad.json'), '{}');
    const bad = ['--tokenizer', join(folder, 'bad.json')];
    await expect(athanor('encode', 'x', ...bad)).rejects.toThrow(/pre_tokenizer must be an object/);
  });
});

async function encodesTheSame(text: string, file: string): Promise<void> {
  const tokenizer = await loadTokenizer(file);
  const ids = [...tokenizer.encode(poem)];
  expect(await athanor('encode', text, '--tokenizer', file)).toBe(`${ids.join(' ')}\n`);
  const json = JSON.parse(await athanor('encode', text, '--tokenizer', file, '--json'));
  const numBytes = Buffer.byteLength(poem);
  expect(json).toEqual({ ids, numBytes, numTokens: ids.length });
  const ranks = join(folder, 'tokenizer.tiktoken');
  const byRanks = ['--tokenizer', ranks, '--splitter', 'athanor'];
  expect(await athanor('encode', text, ...byRanks)).toBe(`${ids.join(' ')}\n`);
}

async function countsBytesPerToken(text: string, file: string): Promise<void> {
  const numBytes = Buffer.byteLength(poem);
  const numTokens = (await loadTokenizer(file)).encode(poem).length;
  const code = join(folder, 'sum.ts');
  writeFileSync(code, 'export const sum = (a: number, b: number) => a + b;\n');
  const lines = join(folder, 'lines.jsonl');
  writeFileSync(lines, `${JSON.stringify({ text: verse })}\n{"text": 1}\nno JSON\n`);
  const table = await athanor('stats', text, code, lines, '--tokenizer', file);
  expect(table.split('\n')[0]).toMatch(/^bytes per token +tokens +Chinese +English +code$/);
  expect(table).toMatch(/\ngpt2 +50257 +1\.\d\d +\d\.\d\d +\d\.\d\d\ncl100k +100277 /);
  const [ours] = JSON.parse(await athanor('stats', text, '--tokenizer', file, '--json'));
  const chinese = { numTexts: 1, numBytes, numTokens };
  expect(ours.kinds).toEqual({ Chinese: { ...chinese, bytesPerToken: numBytes / numTokens } });
}
