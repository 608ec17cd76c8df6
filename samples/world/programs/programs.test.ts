import vm from 'node:vm';
import { expect, test, vi } from 'vitest';
import { SeededRandom } from '../../../src/base/index.ts';
import { count } from '../../../tests/tier.ts';
import { languages } from '../../grammar/index.ts';
import { programCall, programTasks, trainOrder, writeValue } from './index.ts';

const numCalls = count({ test: 20, pr: 200, slow: 5_000 });

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });

/** Our own programs, run as their readers would; nothing from outside is run here. */
function run(code: string): unknown {
  return JSON.parse(
    vm.runInNewContext(`JSON.stringify((() => { ${code} })())`, {}, { timeout: 1000 }),
  );
}

test.each(programTasks.map((task) => [task.name, task] as const))(
  '%s: every solution gives what its task computes',
  (_name, task) => {
    const random = new SeededRandom(1);
    for (const solution of task.solutions) {
      for (let i = 0; i < numCalls; i++) {
        const args = task.drawArguments(random);
        const call = programCall(task, args);
        expect(run(`${solution}\nreturn ${call};`), call).toEqual(task.compute(args));
      }
    }
  },
);

test('orders differ, five for each task and language, and one of the first four is held out', () => {
  expect(new Set(programTasks.map(({ name }) => name)).size).toBe(programTasks.length);
  for (const task of programTasks) {
    for (const language of languages) {
      expect(new Set(task.orders[language]).size).toBe(5);
      const used = new Set([0, 1, 2].map((choice) => trainOrder(task, language, choice)));
      expect(used.size).toBe(3);
      expect(Math.max(...used)).toBeLessThan(4);
    }
  }
});

test('no two tasks are asked for in the same words', () => {
  for (const language of languages) {
    const orders = programTasks.flatMap((task) => task.orders[language]);
    expect(new Set(orders).size).toBe(orders.length);
  }
});

test('values are written as JavaScript', () => {
  expect(writeValue([1, 'cat', true, [2]])).toBe("[1, 'cat', true, [2]]");
});
