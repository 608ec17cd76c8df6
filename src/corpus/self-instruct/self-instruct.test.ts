/** Against a real server, which answers as models do: well, badly, late and not at all. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { AthanorError, ConfigError } from '../../base/index.ts';
import {
  conversationFiles,
  generatedConversations,
  type SelfInstructOptions,
  type SelfInstructReport,
  selfInstruct,
} from '../index.ts';
import { completion, type ModelServer, startModelServer } from './testing/model-server.ts';

let server: ModelServer;
let root = '';
beforeEach(async () => {
  server = await startModelServer();
  root = fs.mkdtempSync(join(tmpdir(), 'athanor-self-instruct-'));
  return async () => {
    await server.close();
    fs.rmSync(root, { recursive: true });
  };
});

const tasks = ['Name the capital of France', 'Write a short poem about spring', 'Count to ten'];
const seedTasks = generatedConversations('seeds', () =>
  tasks.map((instruction) => ({ instruction, output: 'done' })),
);

function run(folder: string, options: Partial<SelfInstructOptions> = {}) {
  const endpoint = { url: server.url, model: 'wise', maxRetries: 2, retryMs: 1 };
  const path = join(root, folder);
  return selfInstruct({ seedTasks, endpoint, folder: path, numConversations: 10, ...options });
}

const read = (folder: string) => fs.readFileSync(join(root, folder, 'conversations.jsonl'), 'utf8');

/** read = kept + rejected + waiting. */
function expectConserved({ numRead, numKept, numWaiting, rejected }: SelfInstructReport): void {
  const numRejected = Object.values(rejected).reduce((sum, one) => sum + one, 0);
  expect(numKept + numWaiting + numRejected).toBe(numRead);
}

it('makes conversations that can be learned, and counts what it does not take', async () => {
  const report = await run('a');
  expectConserved(report);
  expect(report).toMatchObject({ numKept: 10, numRequests: 3, numRead: 18, numWaiting: 0 });
  // The capital is new once, and known ever after.
  const rejected = { 'too short': 3, 'needs more than text': 3, 'similar to a known one': 2 };
  expect(report.rejected).toEqual(rejected);
  const source = conversationFiles({ files: join(root, 'a', 'conversations.jsonl') });
  const records = [];
  for await (const record of source.read()) records.push(record);
  expect(records).toHaveLength(10);
  expect(records.every((record) => 'conversation' in record)).toBe(true);
  const [list, question] = server.requests;
  for (const task of tasks) expect(list?.content).toContain(task);
  expect(read('a')).toContain(JSON.stringify(question?.content));
});

it('goes on where it was interrupted, and ends the same', async () => {
  const options = { numParallel: 1 };
  await run('whole', options);
  for (const numAnswered of [0, 1, 3, 2, 5]) {
    const end = server.requests.length + numAnswered;
    server.trouble = (number) => (number >= end ? { status: 500 } : undefined);
    await expect(run('broken', options)).rejects.toThrow(AthanorError);
  }
  server.trouble = () => undefined;
  fs.appendFileSync(join(root, 'broken', 'events.jsonl'), '{"answered": 3, "ans');
  expectConserved(await run('broken', options));
  expect(read('broken')).toBe(read('whole'));
  await expect(run('broken', { seed: 2 })).rejects.toThrow(/same seed tasks, model and seed/);
});

it('asks again when a server is busy, and counts answers that are none', async () => {
  const bodies = [
    '<html>',
    '{}',
    completion(null),
    completion(' '),
    completion('cut', 'length'),
    'null',
  ];
  server.trouble = (number, { content }) => {
    if (number % 3 === 0) return { status: number % 2 === 0 ? 503 : 429 };
    const body = number > 3 && !content.startsWith('Here are tasks') ? bodies.shift() : undefined;
    return body === undefined ? undefined : { body };
  };
  const report = await run('a', { numParallel: 1 });
  expectConserved(report);
  expect(report).toMatchObject({
    numKept: 10,
    rejected: {
      'an answer that is not JSON': 1,
      'an answer without text': 4,
      'an answer that was cut off': 1,
    },
  });
});

it('stops when the model has no more ideas', async () => {
  const list = completion('1. Count to ten');
  server.trouble = (_, { content }) => (content.startsWith('Here') ? { body: list } : undefined);
  expect(await run('a')).toMatchObject({
    numKept: 0,
    numRequests: 10,
    rejected: { 'too short': 10 },
  });
  expect(read('a')).toBe('');
  server.trouble = () => ({ body: completion('I cannot do that.') });
  expect((await run('b')).rejected).toEqual({ 'a list without tasks': 10 });
});

it('says what is wrong with the server or the seed tasks', async () => {
  server.trouble = () => ({ status: 401 });
  await expect(run('a')).rejects.toThrow(/status 401/);
  const endpoint = { url: 'http://127.0.0.1:1/v1', model: 'm', maxRetries: 1, retryMs: 1 };
  await expect(run('a', { endpoint: { ...endpoint, model: 'wise' } })).rejects.toThrow(
    /must answer/,
  );
  const none = generatedConversations('none', () => [{ text: 'a' }]);
  await expect(run('b', { seedTasks: none })).rejects.toThrow(ConfigError);
});
