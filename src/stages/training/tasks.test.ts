import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigError, FileError } from '../../base/index.ts';
import { readTasks } from './tasks.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-eval-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = {
  id: 'sum/1',
  kind: 'sums',
  messages: [{ role: 'user', content: '1 + 1?' }],
  rule: { type: 'equals', answers: ['2'] },
  tags: ['easy'],
};

async function read(...rows: unknown[]) {
  const file = join(folder, 'tasks.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return await readTasks([{ files: [file] }], 'eval.tasks', { taskGenerators: {} });
}

it('reads tasks from files and from generators, in their order', async () => {
  const other = { ...good, id: 'sum/2' };
  expect(await read(good, other)).toEqual([good, other]);
  const taskGenerators = { sums: ({ id = '' }) => [{ ...good, id }] };
  const sources = ['a', 'b'].map((id) => ({ generator: 'sums', options: { id } }));
  expect((await readTasks(sources, 'eval.tasks', { taskGenerators })).map(({ id }) => id)).toEqual([
    'a',
    'b',
  ]);
});

it.each<[string, unknown[], RegExp]>([
  ['nothing', [], /at least one task/],
  ['one id twice', [good, good], /line 2 must have an id of its own, got sum\/1/],
  ['no rule', [{ ...good, rule: undefined }], /line 1: rule must be that of a task/],
  ['an unknown rule', [{ ...good, rule: { type: 'feels right' } }], /line 1: rule/],
  ['a rule that nothing can pass', [{ ...good, rule: { type: 'equals', answers: [] } }], /answers/],
  [
    'the assistant last',
    [{ ...good, messages: [...good.messages, { role: 'assistant', content: '2' }] }],
    /ends with the assistant/,
  ],
  ['messages of another kind', [{ ...good, messages: '1 + 1?' }], /not a list/],
  ['a list', [[good]], /line 1 must be a task, got not an object/],
])('refuses %s, and says where', async (_, rows, message) => {
  const reading = read(...rows);
  await expect(reading).rejects.toThrow(ConfigError);
  await expect(reading).rejects.toThrow(message);
});

it('refuses sources that are not there', async () => {
  const reading = (source: object) =>
    readTasks([source], 'eval.tasks', { taskGenerators: { sums: () => [] } });
  await expect(reading({ generator: 'sum' })).rejects.toThrow(/be one of sums, got sum/);
  await expect(reading({})).rejects.toThrow(/files or a generator, got neither/);
  await expect(reading({ files: [join(folder, 'none.jsonl')] })).rejects.toThrow(FileError);
});
