/** Conversations from files to numbers: every record is kept, or rejected by a named reason. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { byteTokenizer } from '../../../tests/byte-tokenizer.ts';
import { count } from '../../../tests/tier.ts';
import { ConfigError, FileError, SeededRandom } from '../../base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../../chat/index.ts';
import {
  type ConversationPreparation,
  type ConversationSource,
  conversationFiles,
  generatedConversations,
  prepareConversations,
} from '../index.ts';
import { temporaryFile } from '../read/testing/read-all.ts';

const tokenizer = byteTokenizer(athanorSpecialTokens);
const template = createChatTemplate('athanor', tokenizer);

type Options = Partial<ConversationPreparation>;

/** What is kept, as text, and the report. */
async function prepare(sources: ConversationSource[], options: Options = {}) {
  const prepared = await prepareConversations({ sources, template, maxTokens: 200, ...options });
  const texts: string[] = [];
  for await (const { rendered } of prepared.read()) texts.push(tokenizer.decode(rendered.ids));
  expect(texts).toHaveLength(prepared.report.numKept);
  return { texts, report: prepared.report, prepared };
}

const say = (question: string, answer: string) => ({ prompt: question, completion: answer });
const written = (question: string, answer: string) =>
  `<|endoftext|><|user|>${question}<|end|><|assistant|>${answer}<|end|>`;
const made = (...rows: object[]) => generatedConversations('made', () => rows);
const lines = (...rows: (object | string)[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

const mixedLines = lines(
  {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ],
  },
  { messages: [{ role: 'robot', content: 'a' }] },
  '{"messages": [',
  { instruction: 'c', input: 'd', output: 'e' },
  { text: '春眠<|end|>' },
  { question: 'x' },
  { instruction: 'f', instances: [{ input: '', output: 'g' }, { input: 'h' }] },
);

describe('files', () => {
  it('of several formats are read in order, and what is wrong is told by its line', async () => {
    const path = temporaryFile('a.jsonl', mixedLines);
    const { texts, report } = await prepare([conversationFiles({ files: path, name: 'mine' })]);
    expect(texts).toEqual([
      written('a', 'b'),
      written('c\n\nd', 'e'),
      '<|endoftext|>春眠<|end|><|endoftext|>',
      written('f', 'g'),
    ]);
    expect(report).toMatchObject({
      ...{ numRead: 8, numKept: 4, sources: { mine: { numRead: 8, numKept: 4 } } },
      rejected: {
        ...{ 'unknown role': 1, 'not JSON': 1, 'missing field': 1 },
        'fields of no known format': 1,
      },
      places: {
        'unknown role': [`${path}:2`],
        'not JSON': [`${path}:3`],
        'missing field': [`${path}:7`],
      },
      turns: { min: 0, max: 1 },
    });
  });

  it('of Parquet keep lists and structures; folders hold both kinds, packed ones too', async () => {
    const path = temporaryFile('a.jsonl.gz', gzipSync(lines(say('a', 'b'))));
    const parquet = join(path, '..', 'b.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows =
      "SELECT [{'from': 'human', 'value': '春 ' || i}, {'from': 'gpt', 'value': 'b'}] AS conversations, i AS id FROM range(3) t(i)";
    const bad = 'SELECT NULL, 9 UNION ALL SELECT [], 9';
    await connection.run(`COPY (${rows} UNION ALL ${bad}) TO '${parquet}' (FORMAT parquet)`);
    connection.closeSync();
    writeFileSync(join(path, '..', 'notes.txt'), 'not read');
    writeFileSync(join(path, '..', 'c.parquet'), 'PAR1 damaged');
    const { texts, report } = await prepare([conversationFiles({ files: join(path, '..') })]);
    const fromParquet = [0, 1, 2].map((i) => written(`春 ${i}`, 'b'));
    expect(texts).toEqual([written('a', 'b'), ...fromParquet]);
    const reasons = { 'fields of no known format': 1, 'no messages': 1, 'damaged file': 1 };
    expect(report.rejected).toEqual(reasons);
    expect(report.places['no messages']).toEqual([`${parquet}:5`]);
  });

  it('of other formats and those that are missing are refused', async () => {
    const array = temporaryFile('alpaca.json', '[]');
    const json = prepare([conversationFiles({ files: array })]);
    await expect(json).rejects.toThrow(/one JSON object a line/);
    await expect(json).rejects.toThrow(ConfigError);
    const missing = prepare([conversationFiles({ files: `${array}x.jsonl` })]);
    await expect(missing).rejects.toThrow(FileError);
  });

  it('may be of one format only', async () => {
    const path = temporaryFile('a.jsonl', lines({ text: 'a' }, say('a', 'b')));
    const { report } = await prepare([conversationFiles({ files: [path], format: 'text' })]);
    expect(report.rejected).toEqual({ 'missing field': 1 });
  });

  it('that change between the two readings are noticed', async () => {
    const path = temporaryFile('a.jsonl', lines(say('a', 'b')));
    const { prepared } = await prepare([conversationFiles({ files: path })]);
    const again = async () => {
      for await (const _ of prepared.read());
    };
    await again();
    appendFileSync(path, lines(say('c', 'd')));
    await expect(again()).rejects.toThrow(/stay as they are/);
    writeFileSync(path, lines(say('aa', 'b')));
    await expect(again()).rejects.toThrow(/stay as they are/);
  });
});

describe('what does not fit', () => {
  const turns = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content: letter.repeat(10),
  }));
  const long = { messages: [{ role: 'system', content: 's' }, ...turns] };

  it('loses its oldest turns, or of a text its end, or is rejected', async () => {
    // The beginning, 3 for the system, and 24 for each turn.
    const { texts, report } = await prepare([made(long, { text: 'x'.repeat(90) })], {
      maxTokens: 60,
    });
    expect(texts[0]).toMatch(
      /^<\|endoftext\|><\|system\|>s<\|end\|><\|user\|>c{10}.*f{10}<\|end\|>$/,
    );
    expect(texts[1]).toBe(`<|endoftext|>${'x'.repeat(59)}`);
    expect(report).toMatchObject({ numTruncated: 2, lengths: { max: 60 }, turns: { max: 2 } });
    const strict = await prepare([made(long)], { maxTokens: 60, tooLong: 'reject' });
    expect(strict.report.rejected).toEqual({ 'longer than the context': 1 });
    const never = await prepare([made(long)], { maxTokens: 20 });
    expect(never.report.rejected).toEqual({ 'longer than the context': 1 });
  });
});

const story = 'the old man of the mountain went down to the river every morning to fetch water';

it('what is there already is left out to the letter, or when it says nearly the same, or not at all', async () => {
  const rows = [
    say('2 + 3', 'five'),
    say('2 - 3', 'five'),
    say('2 + 3', 'five'),
    say(story, `${story} and he sang`),
    say(story, `${story}, and he sang!`),
  ];
  const left = async (duplicates?: 'exact' | 'near' | 'keep') => {
    const { report } = await prepare([made(...rows)], { maxTokens: 500, duplicates });
    return report.rejected;
  };
  expect(await left()).toEqual({ 'duplicate: exact': 1 });
  expect(await left('keep')).toEqual({});
  expect(await left('near')).toMatchObject({ 'duplicate: exact': 1 });
  expect((await left('near'))['duplicate: near']).toBeGreaterThanOrEqual(1);
});

it('what is in an evaluation set is left out, short or long', async () => {
  const evaluationSets = [{ name: 'exam', texts: ['Where is  Rome?', story] }];
  const rows = [
    say('where is rome?', 'In Italy.'),
    say('Where is Rome', 'In Italy.'),
    say('Tell it again', `Well, ${story}.`),
  ];
  const { texts, report } = await prepare([made(...rows)], { evaluationSets });
  expect(texts).toEqual([written('Where is Rome', 'In Italy.')]);
  expect(report.rejected).toEqual({ 'contamination: evaluation set': 2 });
});

it('random rows: read = kept + rejected, and nothing of a text becomes a control token', async () => {
  const rows = randomRows(count({ test: 1_000, pr: 20_000, slow: 200_000 }));
  const prepared = await prepareConversations({
    ...{ sources: [made(...rows)], template, maxTokens: 9, duplicates: 'keep' },
  });
  const { numRead, numKept, rejected, numTokens, numLearned } = prepared.report;
  const numRejected = Object.values(rejected).reduce((sum, one) => sum + one, 0);
  expect(numRead).toBe(rows.length);
  expect(numKept + numRejected).toBe(numRead);
  let [tokens, learned] = [0, 0];
  for await (const { rendered, messages } of prepared.read()) {
    tokens += rendered.ids.length;
    learned += rendered.learned.filter((one) => one === 1).length;
    const numSpecial = rendered.ids.filter((id) => id >= 256).length;
    if (messages.length > 0) expect(numSpecial).toBe(1 + 2 * messages.length);
    else expect(numSpecial).toBeLessThanOrEqual(2);
  }
  expect([tokens, learned]).toEqual([numTokens, numLearned]);
});

/** Fields of all formats with values that fit, and values that do not. */
function randomRows(numRows: number): object[] {
  const random = new SeededRandom(11);
  const turn = { role: 'user', content: '<|user|>' };
  const values = ['a', '<|end|>', '', '春', 7, null, [], {}, [turn]];
  const names = [
    'conversations',
    'messages',
    'instruction',
    'output',
    'prompt',
    'completion',
    'text',
  ];
  return Array.from({ length: numRows }, () =>
    Object.fromEntries(names.slice(random.int(7)).map((name) => [name, random.pick(values)])),
  );
}
