import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { athanorSpecialTokens, chatTemplateOf, createChatTemplate } from '../src/chat/index.ts';
import { generateTokens } from '../src/generate/index.ts';
import { exportModel, Gpt, loadModel, modern } from '../src/model/index.ts';
import { manualSeed } from '../src/tensor/index.ts';
import { Tokenizer, trainTokenizer } from '../src/tokenizer/index.ts';

/** Runs an example as its reader would, and gives what it prints. */
async function run(name: string, ...args: string[]): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  // Threads that wait must not burn the cores that others need: a busy machine is slow enough.
  const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' };
  const options = { cwd: root, env };
  const { stdout } = await promisify(execFile)(
    'npx',
    ['tsx', `examples/${name}`, ...args],
    options,
  );
  return stdout;
}

test('fit-two-layers reaches its stated error and frees everything', async () => {
  const [, error, alive] =
    /error ([\d.]+), (\d+) tensors/.exec(await run('fit-two-layers.ts')) ?? [];
  expect(Number(error)).toBeLessThan(0.001);
  expect(alive).toBe('0');
});

test('transformer-block reaches its stated loss and frees everything', async () => {
  const [, loss, alive] =
    /→ ([\d.e-]+), (\d+) tensors/.exec(await run('transformer-block.ts')) ?? [];
  expect(Number(loss)).toBeLessThan(0.05);
  expect(alive).toBe('0');
});

test('pretrain learns the poem below its stated loss, continues it and frees everything', async () => {
  const [, loss, poem, alive] =
    / ([\d.]+) ([^\d]+)\n(\d+) tensors alive/.exec(await run('pretrain.ts')) ?? [];
  expect(poem).toBe('处处闻啼鸟。夜来风雨声，花落知多少。');
  expect(Number(loss)).toBeLessThan(0.2);
  expect(alive).toBe('0');
}, 300_000);

test('ppo learns to repeat its prompt, leaves its reference and frees everything', async () => {
  const printed = await run('ppo.ts');
  const updates = [...printed.matchAll(/reward ([\d.]+) KL (-?[\d.]+) nats/g)];
  const [before, after] = [updates.at(0), updates.at(-1)].map((update) => ({
    reward: Number(update?.[1]),
    kl: Number(update?.[2]),
  }));
  expect(before?.reward).toBeLessThan(0.3);
  expect(before?.kl).toBe(0);
  expect(after?.reward).toBeGreaterThan(0.8);
  expect(after?.kl).toBeGreaterThan(1);
  expect(printed).toMatch(/\n0 tensors alive/);
}, 300_000);

const people = { 他: 'He', 她: 'She', 小明: 'Ming', 奶奶: 'Grandma', 老师: 'The teacher' };
const habits = { 早起: 'gets up early', 跑步: 'runs', 喝茶: 'drinks tea', 读书: 'reads' };
const sentences = Object.entries(people).flatMap(([zh, en]) =>
  Object.entries(habits).map(([does, what]) => [`${zh}${does}。`, `${en} ${what}.`] as const),
);
const isHeldOut = (index: number) => index % 6 === 0;

test('fine-tune translates without the word what it has only seen with it', async () => {
  const folder = mkdtempSync(`${tmpdir()}/fine-tune-`);
  // The lesson's claim: afterwards the word 翻译 is not needed any more.
  const rows = sentences.flatMap(([zh, completion], i) =>
    (isHeldOut(i) ? ['翻译：'] : ['翻译：', '']).map((word) => ({ prompt: word + zh, completion })),
  );
  const [base, data, output] = ['base', 'rows.jsonl', 'tuned'].map((name) => `${folder}/${name}`);
  writeFileSync(`${data}`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await makeBase(`${base}`, `${data}`);
  expect(await run('fine-tune.ts', `${base}`, `${data}`, `${output}`)).toMatch(/\n0 tensors alive/);
  expect(await answersOf(`${output}/model`)).toEqual(
    sentences.filter((_, i) => isHeldOut(i)).map(([, en]) => en),
  );
  rmSync(folder, { recursive: true });
}, 300_000);

test('reward-model tells good answers from bad ones that it has not seen', async () => {
  const folder = mkdtempSync(`${tmpdir()}/reward-model-`);
  const [base, data, output] = ['base', 'rows.jsonl', 'reward'].map((name) => `${folder}/${name}`);
  // Kind answers are better than plain ones, and plain ones better than rude ones.
  const rows = Array.from({ length: 320 }, (_, i) => {
    const [en = ''] = [sentences[i % sentences.length]?.[1]];
    return { prompt: `${i}?`, answers: [`No! ${en}`, en, `Please: ${en}`], ranks: [3, 2, 1] };
  });
  const lines = [...rows, { prompt: 'q', chosen: 'same', rejected: 'same' }];
  writeFileSync(`${data}`, lines.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await makeBase(`${base}`, `${data}`, athanorSpecialTokens);
  const said = await run('reward-model.ts', `${base}`, `${data}`, `${output}`);
  expect(said).toContain('line 321: equal answers');
  const [, accuracy] = /held-out accuracy ([\d.]+) of 120 pairs\n0 tensors alive/.exec(said) ?? [];
  expect(Number(accuracy)).toBeGreaterThan(0.9);
  rmSync(folder, { recursive: true });
}, 300_000);

/** A model that has learned nothing yet; with special tokens of a template, one that may answer. */
async function makeBase(
  folder: string,
  text: string,
  specialTokens: readonly string[] = ['<|endoftext|>'],
): Promise<void> {
  const training = { files: [text], vocabSize: 300, specialTokens: [...specialTokens] };
  const tokenizer = new Tokenizer((await trainTokenizer(training)).data);
  manualSeed(1);
  const sizes = { numLayers: 2, hiddenSize: 64, numHeads: 2, contextLength: 64, vocabSize: 300 };
  using model = new Gpt(modern(sizes));
  const isChat = specialTokens.length > 1;
  const chatTemplate = isChat ? createChatTemplate('athanor', tokenizer) : undefined;
  exportModel(model, tokenizer, folder, chatTemplate && { chatTemplate });
}

async function answersOf(folder: string): Promise<(string | undefined)[]> {
  const { model, tokenizer } = await loadModel(folder);
  const template = await chatTemplateOf(folder, tokenizer);
  const requests = sentences
    .filter((_, i) => isHeldOut(i))
    .map(([content]) => ({
      prompt: template?.renderPrompt([{ role: 'user', content }]) ?? [],
      ...{ temperature: 0, stopTokens: template?.stopTokens ?? [] },
    }));
  const answers = await generateTokens(model, requests);
  model.dispose();
  return answers.map(({ tokens }) => template?.parseAnswer(tokens).content);
}
