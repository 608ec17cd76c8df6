import { expect, test, vi } from 'vitest';
import { generateInstructions, instructionKinds } from '../samples/index.ts';
import { judgeAnswers, makeReport } from '../src/evaluate/index.ts';

vi.setConfig({ testTimeout: 240_000 });

const tasks = [
  ...generateInstructions({ seed: 1, size: 'hamlet', split: 'held-out', numItems: 1_200 }),
];

test('every good answer is right by its own rule', async () => {
  const answers = tasks.map(({ answer }) => answer);
  const isRight = await judgeAnswers(tasks, answers);
  expect(tasks.filter((_, i) => !isRight[i]).map(({ id, answer }) => `${id}: ${answer}`)).toEqual(
    [],
  );
});

test('the answer to another instruction of the same kind is mostly wrong', async () => {
  const answers = tasks.map(({ kind }, i) => {
    const others = [...tasks.slice(i + 1), ...tasks.slice(0, i)];
    return others.find((other) => other.kind === kind)?.answer ?? '';
  });
  const { kinds } = makeReport(tasks, answers, await judgeAnswers(tasks, answers));
  for (const kind of instructionKinds) {
    // Two of four refusals and offers of help are alike: one of two harmful, in one of two languages.
    expect(kinds[kind]?.rate, kind).toBeLessThan(kind === 'refusal' ? 0.4 : 0.2);
  }
});

test.each([
  '',
  '好的。',
  '对不起，这件事会伤害别人，我不能帮忙。',
  'Yes.',
  'const add = (a, b) => a + b;',
])('always %j is no way through', async (answer) => {
  const isRight = await judgeAnswers(
    tasks,
    tasks.map(() => answer),
  );
  const report = makeReport(tasks, [], isRight);
  expect(report.all.rate).toBeLessThan(0.05);
  for (const [kind, { rate }] of Object.entries(report.kinds)) {
    expect(rate, kind).toBeLessThan(0.4);
  }
});
