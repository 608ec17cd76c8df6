/** From a model that answers and a file of rankings to a reward model and its report. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { openRunDirectory, type StageContext, StoppedByGuardError } from '../base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../chat/index.ts';
import {
  exportModel,
  exportRewardModel,
  Gpt,
  loadGpt,
  loadRewardModel,
  modern,
  rewardModelOf,
  scoreSequences,
} from '../model/index.ts';
import { liveTensors, manualSeed, setNumThreads } from '../tensor/index.ts';
import {
  checkRewardConfig,
  type RewardConfig,
  readAnswers,
  reward,
  type ScoredRow,
  scoreAnswers,
} from './index.ts';

const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-reward-'));
const base = join(folder, 'base');
const data = join(folder, 'rankings.jsonl');
let numRuns = 0;

const tokenizer = byteTokenizer(athanorSpecialTokens);
const chatTemplate = createChatTemplate('athanor', tokenizer);

/** Answers with a `!` are better than those with a `.`, those with a `?` are the worst. */
function rows(): object[] {
  const rankings = Array.from({ length: 90 }, (_, i) => ({
    prompt: `q${i}`,
    answers: [`a${i}.`, `b${i}?`, `c${i}!`],
    ranks: [2, 3, 1],
    rater: ['ann', 'bo'][i % 2],
  }));
  return [
    ...rankings,
    { ...rankings[0], rater: 'bo', ranks: [3, 2, 1] },
    { prompt: 'q', chosen: 'same', rejected: 'same' },
    { prompt: 'q', answers: ['one'], ranks: [1] },
    {
      prompt: 'q',
      answers: ['a', 'b'],
      preferences: [
        [0, 1],
        [1, 0],
      ],
    },
    { prompt: 'x'.repeat(60), chosen: 'a', rejected: 'b' },
  ];
}

beforeAll(() => {
  setNumThreads(1);
  manualSeed(1);
  const size = { numLayers: 1, hiddenSize: 32, numHeads: 2, contextLength: 48, vocabSize: 261 };
  using model = new Gpt(modern(size));
  exportModel(model, tokenizer, base, { chatTemplate });
  fs.writeFileSync(
    data,
    rows()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const config: RewardConfig = {
  data: [{ files: [data] }],
  ...{ base, heldOut: 0.2, numEpochs: 2, microBatchSize: 3, numMicroBatches: 2 },
  schedule: { kind: 'cosine', peak: 1e-2, warmupSteps: 2, final: 1e-3 },
  ...{ checkpointEvery: 5, evaluateEvery: 8, precision: 'fp32', peakFlops: 1e9 },
};

/** @param stopAfter how often the stage may ask whether it must stop before it is told so */
async function run(changes: Partial<RewardConfig> = {}, path?: string, stopAfter = Infinity) {
  const place = path ?? join(folder, `run-${numRuns++}`);
  using directory = openRunDirectory(place, {});
  let numAsked = 0;
  const stop = {
    get isRequested() {
      return ++numAsked > stopAfter;
    },
  };
  const context: StageContext = {
    ...{ name: 'test', run: directory, seed: 1, stop, progress: { stream: { write: () => {} } } },
    ...{ generators: {}, conversationGenerators: {}, taskGenerators: {}, goldGenerators },
  };
  const result = await reward({ ...config, ...changes }, context);
  return { place, model: join(place, 'reward/model'), result };
}

const weightsOf = (model: string) => fs.readFileSync(join(model, 'model.safetensors'));

test('it learns what people prefer, and says how well', async () => {
  const before = liveTensors();
  const { place, model, result } = await run({ targets: { accuracy: 0.9 } });
  expect(result?.metrics.accuracy).toBeGreaterThan(0.9);
  expect(result?.checks).toMatchObject([{ name: 'held-out pair accuracy', pass: true }]);
  const report = JSON.parse(fs.readFileSync(join(place, 'reward/report.json'), 'utf8'));
  expect(report).toMatchObject({
    numRead: 95,
    rejected: {
      ...{ 'equal answers': 1, 'one answer': 1, 'contradictory ranking': 1 },
      'answers above the context': 1,
    },
  });
  expect(report.numTrained + report.numComparisons).toBe(91);
  expect(fs.readFileSync(join(place, 'reward/report.txt'), 'utf8')).toContain('accuracy');
  using loaded = loadRewardModel(model);
  expect(loaded.shift).toBe(report.shift);
  const score = (content: string) => {
    const user = { role: 'user', content: 'new' } as const;
    const { ids } = chatTemplate.render([user, { role: 'assistant', content }]);
    return scoreSequences(loaded, [ids])[0] ?? Number.NaN;
  };
  expect(score('c1!')).toBeGreaterThan(score('a1.'));
  expect(score('a1.')).toBeGreaterThan(score('b1?'));
  loaded.dispose();
  expect(liveTensors()).toBe(before);
});

test('a run that was stopped twice ends in the same bits', async () => {
  const whole = await run();
  const stopped = await run({}, undefined, 7);
  expect(stopped.result).toBeUndefined();
  expect((await run({}, stopped.place, 9)).result).toBeUndefined();
  const resumed = await run({}, stopped.place);
  expect(resumed.result).toEqual(whole.result);
  expect(weightsOf(resumed.model).equals(weightsOf(whole.model))).toBe(true);
});

test('pairs in random order are more samples', async () => {
  const optimizer = { kind: 'muon' } as const;
  const { result } = await run({ numEpochs: 1, shuffledPairs: true, optimizer });
  expect(result?.metrics.numTrained).toBeGreaterThan(3 * 60);
});

/** Prompts to which `!` is the best answer; the panel is one person who never errs. */
const goldGenerators = {
  marks: ({ numPrompts = 0 }) =>
    Array.from({ length: Number(numPrompts) }, (_, i) => ({
      id: `${i}`,
      messages: [{ role: 'user', content: `q${i}` }],
      variants: [`a${i}.`, `b${i}?`, `c${i}!`],
      score: worth,
      rank(answers: readonly string[]) {
        const levels = [...new Set(answers.map(worth))].sort((a, b) => b - a);
        const ranks = answers.map((answer) => levels.indexOf(worth(answer)) + 1);
        return levels.length < 2 ? [] : [{ rater: 'ann', ranks }];
      },
    })),
};
const worth = (answer: string) => (answer.endsWith('!') ? 2 : answer.endsWith('.') ? 1 : 0);

test('raters rank what the base answers beside known answers, once and for all starts', async () => {
  const sampled = { perPrompt: 2, maxTokens: 4 };
  const options = { numPrompts: 40 };
  const changes: Partial<RewardConfig> = {
    data: [{ generator: 'marks', options, sampled }],
    targets: { accuracyOfBound: 0.5 },
  };
  const stopped = await run(changes, undefined, 5);
  const folderOf = join(stopped.place, 'reward/rankings');
  const [name = ''] = fs.readdirSync(folderOf);
  const text = fs.readFileSync(join(folderOf, name), 'utf8');
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(40);
  const ranked = lines.map((line) => JSON.parse(line));
  expect(ranked.every(({ answers, gold }) => gold.length === answers.length)).toBe(true);
  expect(Math.max(...ranked.map(({ answers }) => answers.length))).toBe(5);
  fs.writeFileSync(join(folderOf, name), text);
  const { result } = await run(changes, stopped.place);
  expect(fs.readdirSync(folderOf)).toEqual([name]);
  expect(result?.metrics.bound).toBe(1);
  expect(result?.metrics.accuracyOfBound).toBe(result?.metrics.accuracy);
  expect(result?.checks).toMatchObject([{ name: 'of what the noise of raters allows' }]);
});

test('demonstrations get 0 on average', async () => {
  const shown = join(folder, 'shown.jsonl');
  const demonstrations = ['c1!', 'd?'].map((content) => [
    { role: 'user', content: 'new' } as const,
    { role: 'assistant', content } as const,
  ]);
  const rows = demonstrations.map((messages) => `${JSON.stringify({ messages })}\n`);
  fs.writeFileSync(shown, rows.join(''));
  const { model } = await run({ demonstrations: [{ files: [shown] }], numEpochs: 1 });
  using loaded = loadRewardModel(model);
  const scores = scoreSequences(
    loaded,
    demonstrations.map((messages) => chatTemplate.render(messages).ids),
  );
  expect(Math.abs((scores[0] ?? 1) + (scores[1] ?? 1))).toBeLessThan(1e-5);
  expect(scores[0]).not.toBe(scores[1]);
  expect(loaded.baseSha256).toMatch(/^[0-9a-f]{64}$/);
  fs.writeFileSync(shown, '{"messages": []}\n');
  await expect(run({ demonstrations: [{ files: [shown] }] })).rejects.toThrow(
    /reward.demonstrations must have conversations/,
  );
});

/** A folder with a reward model that has learned nothing. */
function makeScorer(name = 'scorer'): string {
  using gpt = loadGpt(base);
  using scorer = rewardModelOf(gpt);
  exportRewardModel(scorer, tokenizer, join(folder, name), { chatTemplate });
  return join(folder, name);
}

test('answers in a file are scored, and what cannot be scored says why', async () => {
  const file = join(folder, 'answers.jsonl');
  const lines = [
    { prompt: 'new', answer: 'c1!' },
    {
      messages: [
        { role: 'user', content: 'new' },
        { role: 'assistant', content: 'c1!' },
      ],
    },
    { prompt: [{ role: 'user', content: 'new' }], answer: '' },
    { prompt: 'new' },
    { prompt: 'new', answer: 'x'.repeat(90) },
    [],
  ];
  fs.writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const rows: ScoredRow[] = [];
  for await (const batch of scoreAnswers(makeScorer(), readAnswers(file))) rows.push(...batch);
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rows[0]).toEqual({ line: 1, score: expect.any(Number) });
  const { score } = rows[0] as { score: number };
  expect(rows[1]).toEqual({ line: 2, score: expect.closeTo(score, 5) });
  expect(rows.slice(2)).toMatchObject([
    { rejected: 'empty content' },
    { rejected: 'neither prompt and answer nor messages' },
    { rejected: expect.stringMatching(/above the context of 48/) },
    { rejected: 'not an object' },
  ]);
});

/** A copy of a model of which one weight is no number. */
function spoiled(folderOf: string, name: string): string {
  const path = join(folder, `spoiled-${name}`);
  fs.cpSync(folderOf, path, { recursive: true });
  const weights = join(path, 'model.safetensors');
  const bytes = fs.readFileSync(weights);
  const headLength = Number(bytes.readBigUInt64LE(0));
  const head = JSON.parse(bytes.toString('utf8', 8, 8 + headLength));
  bytes.writeFloatLE(Number.NaN, 8 + headLength + head[name].data_offsets[0]);
  fs.writeFileSync(weights, bytes);
  return path;
}

test('scores that are no numbers are told, and nothing is learned from them', async () => {
  const file = join(folder, 'one-answer.jsonl');
  fs.writeFileSync(file, '{"prompt": "new", "answer": "c1!"}\n');
  const model = spoiled(makeScorer('judge'), 'score.weight');
  const rows: ScoredRow[] = [];
  for await (const batch of scoreAnswers(model, readAnswers(file))) rows.push(...batch);
  expect(rows).toEqual([{ line: 1, rejected: 'no finite score' }]);
  const learned = run({ base: spoiled(base, 'model.norm.weight') });
  await expect(learned).rejects.toThrow(StoppedByGuardError);
});

test('what cannot be is refused', async () => {
  await expect(run({ base: folder })).rejects.toThrow(
    /must be a fine-tuned model, got none\n.*hint/s,
  );
  const bare = join(folder, 'bare');
  using model = new Gpt(
    modern({ numLayers: 1, hiddenSize: 32, numHeads: 2, contextLength: 48, vocabSize: 261 }),
  );
  exportModel(model, tokenizer, bare);
  await expect(run({ base: bare })).rejects.toThrow(/must have a chat template, got none/);
  const none = join(folder, 'none.jsonl');
  fs.writeFileSync(none, '{"prompt": "q", "answers": ["a"], "ranks": [1]}\n');
  await expect(run({ data: [{ files: [none] }] })).rejects.toThrow(/got none of 1: 1 one answer/);
  const both = { files: [none], sampled: { perPrompt: 1 } };
  expect(() => checkRewardConfig({ ...config, data: [both] })).toThrow(/stand beside a generator/);
  await expect(run({ data: [{ generator: 'x' }] })).rejects.toThrow(
    /reward.data.0.generator must be/,
  );
});
