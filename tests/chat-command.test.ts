/** `athanor chat` and `athanor merge` as a user starts them: programs with pipes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athanorSpecialTokens, createChatTemplate } from '../src/chat/index.ts';
import { addLora, exportModel, Gpt, saveAdapter } from '../src/model/index.ts';
import { trainableParameters } from '../src/nn/index.ts';
import { manualSeed, noGrad, setNumThreads } from '../src/tensor/index.ts';
import { byteTokenizer } from './byte-tokenizer.ts';

const tokenizer = byteTokenizer(athanorSpecialTokens);
const chatTemplate = createChatTemplate('athanor', tokenizer);

const folder = mkdtempSync(join(tmpdir(), 'athanor-chat-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  setNumThreads(1);
  manualSeed(2);
  const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 8192, vocabSize: 261 };
  using model = new Gpt(size);
  noGrad(() => {
    for (const parameter of model.parameters().values()) parameter.normal_(0, 0.4);
  });
  exportModel(model, tokenizer, join(folder, 'chat'), { chatTemplate });
  exportModel(model, tokenizer, join(folder, 'base'));
  addLora(model, { rank: 2 });
  noGrad(() => {
    for (const parameter of trainableParameters(model).values()) parameter.normal_(0, 1);
  });
  saveAdapter(model, join(folder, 'adapter'), { base: '../chat', tokenizer, chatTemplate });
});

const program = (...args: string[]) => ['bin/athanor.mjs', ...args];
const talk = (name: string, lines: readonly string[], ...options: string[]) =>
  spawnSync('node', program('chat', join(folder, name), '--seed', '1', ...options), {
    encoding: 'utf8',
    input: lines.map((line) => `${line}\n`).join(''),
  });

test('a script talks in several turns, saves, and is told what is wrong', () => {
  const saved = join(folder, 'saved.jsonl');
  const lines = [
    'Hello',
    '/regenerate',
    '/wrong',
    'x'.repeat(9000),
    `/save ${saved}`,
    '/exit',
    'no',
  ];
  const options = ['--max-tokens', '8', '--json', '--system', 'Be kind.'];
  const { stdout, stderr, status } = talk('chat', lines, ...options);
  expect(status, stderr).toBe(0);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers).toHaveLength(2);
  expect(answers[0].content).not.toBe(answers[1].content);
  expect(stderr).toMatch(/no command \/wrong.*leave room for an answer.*3 messages appended/s);
  const { messages } = JSON.parse(readFileSync(saved, 'utf8'));
  expect(messages).toEqual([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: answers[1].content },
  ]);
});

test('an adapter talks too, and says the same when it is merged', () => {
  const options = ['--max-tokens', '12', '--temperature', '0', '--precision', 'fp32'];
  const adapter = talk('adapter', ['Hello'], ...options);
  expect(adapter.status, adapter.stderr).toBe(0);
  expect(adapter.stdout).not.toBe(talk('chat', ['Hello'], ...options).stdout);
  const merge = program('merge', join(folder, 'adapter'), join(folder, 'merged'));
  expect(spawnSync('node', merge, { encoding: 'utf8' }).stdout).toContain('chat_template.jinja');
  expect(talk('merged', ['Hello'], ...options).stdout).toBe(adapter.stdout);
});

test('a model that only continues texts is refused', () => {
  const { status, stderr } = talk('base', ['Hello']);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/must have a chat template/)]);
});

test('an interrupt ends the answer and not the program', async () => {
  const options = ['--temperature', '0', '--max-tokens', '8000'];
  const child = spawn('node', program('chat', join(folder, 'chat'), ...options));
  let told = '';
  const tells = async (text: string) => {
    while (!told.includes(text)) told += String((await once(child.stderr, 'data'))[0]);
  };
  child.stdin.write('Hello\n');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await tells('stopped');
  child.stdin.write('/reset\n');
  await tells('forgotten');
  child.kill('SIGINT');
  await tells('/exit or Ctrl-D leaves');
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
