import vm from 'node:vm';
import { expect, test, vi } from 'vitest';
import { count } from '../../tests/tier.ts';
import { numberEn, numberZh } from '../grammar/index.ts';
import {
  callSplit,
  createWorld,
  generateWorld,
  type Operator,
  programTasks,
  type Sum,
  sentenceSplit,
  sumSplit,
  type Value,
  worldQuestions,
} from './index.ts';

const sizeBytes = count({ test: 1_000_000, pr: 10_000_000, slow: 100_000_000 });
vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });

const config = { seed: 11, size: 'village', sizeBytes } as const;

test('no text asks a question that is held out, and texts do ask the others', () => {
  const questions = [...worldQuestions(createWorld(config))];
  const [train, heldOut] = [true, false].map(
    (side) => new Set(questions.filter((q) => (q.split === 'train') === side).map((q) => q.text)),
  );
  const asked = new Set<string>();
  for (const { text, id } of generateWorld(config)) {
    for (const part of questionsIn(text)) {
      if (heldOut?.has(part)) throw new Error(`${id} asks what is held out: ${part}`);
      if (train?.has(part)) asked.add(part);
    }
  }
  expect(asked.size).toBeGreaterThan((train?.size ?? 0) * 0.3);
});

/** What stands after a speaker's name or a lead, up to the answer or the end of the line. */
function questionsIn(text: string): string[] {
  const leads =
    /^(?:那么，|我还想问：|再问一个问题：|原来是这样。|And now: |One more question\. |I see\. |That is good to know\. )/;
  return text.split('\n').flatMap((line) => {
    const said = line.replace(/^[^：:]{1,20}(?:：|: )/, '').replace(/(?:答：| A: ).*$/, '');
    return [line, said, said.replace(leads, '')];
  });
}

test('no text holds a sentence pair that is held out', () => {
  let numPairs = 0;
  for (const { kind, text, id } of generateWorld(config)) {
    if (kind !== 'translation') continue;
    for (const zh of text.match(/[\u4e00-\u9fff，]+[。？]/gu) ?? []) {
      if (/用英文怎么说|的英文是/.test(zh)) continue;
      numPairs++;
      expect(sentenceSplit(zh), `${id}: ${zh}`).toBe('train');
    }
  }
  expect(numPairs).toBeGreaterThan(500);
});

test('every sum in the texts is right and none is held out', () => {
  let numSums = 0;
  for (const { text, id } of generateWorld(config)) {
    for (const sum of sumsIn(text)) {
      const { left, right, result, operator } = sum;
      const right_ = { '+': left + right, '-': left - right, '×': left * right, '÷': left / right };
      expect(result, `${id}: ${left} ${operator} ${right}`).toBe(right_[operator]);
      expect(sumSplit(sum), `${id}: ${left} ${operator} ${right}`).toBe('train');
      numSums++;
    }
  }
  expect(numSums).toBeGreaterThan(500);
});

function sumsIn(text: string): Sum[] {
  const digits = text.matchAll(/(\d+) ([-+×÷]) (\d+) = (\d+)/g);
  const en = text.matchAll(
    /([a-z-]+) (plus|minus|times|divided by) ([a-z-]+) is ([a-z-]+(?: hundred(?: and [a-z-]+)?)?)/gi,
  );
  const zh = text.matchAll(
    /([零一二三四五六七八九十百]+)(加|减|乘|除以)([零一二三四五六七八九十百]+)等于([零一二三四五六七八九十百]+)/g,
  );
  return [...digits, ...en, ...zh].map(([, left = '', operator = '', right = '', result = '']) => ({
    operator: operators[operator.toLowerCase()] ?? (operator as Operator),
    left: readNumber(left),
    right: readNumber(right),
    result: readNumber(result),
  }));
}

const operators: Record<string, Operator> = {
  plus: '+',
  加: '+',
  minus: '-',
  减: '-',
  times: '×',
  乘: '×',
  'divided by': '÷',
  除以: '÷',
};

const numbers = new Map(
  Array.from({ length: 200 }, (_, n) =>
    [numberEn(n), numberZh(n), `${n}`].map((word) => [word, n] as const),
  ).flat(),
);

function readNumber(word: string): number {
  return numbers.get(word.toLowerCase()) ?? Number.NaN;
}

test('every program in the texts gives what the text says, and no call is held out', () => {
  let numCalls = 0;
  for (const { kind, text, id } of generateWorld({
    ...config,
    sizeBytes: Math.floor(sizeBytes / 3),
  })) {
    if (kind !== 'code') continue;
    const code = text.match(/^(?:function [\s\S]*?^\}|const .*;)$/gm)?.join('\n') ?? '';
    for (const [, call = '', value = ''] of text.matchAll(
      /^(\w+\(.*\))(?:; \/\/ | gives | 的结果是 | → )(.*?)[.。]?$/gm,
    )) {
      const result = vm.runInNewContext(`${code}\nJSON.stringify([${call}, ${value}]);`);
      const [got, said] = JSON.parse(result);
      expect(got, `${id}: ${call}`).toEqual(said);
      const task = programTasks.find(({ name }) => call.startsWith(`${name}(`));
      const args: Value[] = vm.runInNewContext(`[${call.slice(call.indexOf('(') + 1, -1)}]`);
      if (task !== undefined) expect(callSplit(task, args), `${id}: ${call}`).toBe('train');
      numCalls++;
    }
  }
  expect(numCalls).toBeGreaterThan(100);
});
