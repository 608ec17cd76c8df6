import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ProgramCall } from '../task.ts';
import { ProgramJudge } from './program-judge.ts';

vi.setConfig({ testTimeout: 120_000 });

let judge: ProgramJudge;
beforeAll(() => {
  judge = new ProgramJudge();
});
afterAll(() => judge.dispose());

const add: readonly ProgramCall[] = [
  { args: [2, 3], result: 5 },
  { args: [-1, 1], result: 0 },
];

test.each([
  'const add = (a, b) => a + b;',
  'function add(a, b) {\n  return a + b;\n}',
  'Here it is:\n```js\nconst add = (a, b) => b + a;\n```\nGood luck.',
])('a right program is right: %s', async (program) => {
  expect(await judge.isRight(program, 'add', add)).toBe(true);
});

test.each([
  'const add = (a, b) => a - b;',
  'const add = () => 5;',
  'const sum = (a, b) => a + b;',
  'const add = (a, b) => a + ;',
  'add',
  '',
  'const add = 5;',
  'const add = (a, b) => String(a + b);',
  'const add = (a, b) => undefined;',
])('a wrong program is wrong: %s', async (program) => {
  expect(await judge.isRight(program, 'add', add)).toBe(false);
});

test('lists, texts and truth are compared whole, and numbers but for their last digits', async () => {
  const right = async (program: string, call: ProgramCall) =>
    judge.isRight(`const f = ${program};`, 'f', [call]);
  expect(await right('(n) => [n, [n]]', { args: [1], result: [1, [1]] })).toBe(true);
  expect(await right('(n) => [n]', { args: [1], result: [1, 1] })).toBe(false);
  expect(await right("(t) => t + '！'", { args: ['好'], result: '好！' })).toBe(true);
  expect(await right('(n) => n > 0', { args: [1], result: true })).toBe(true);
  expect(await right('(n) => 1', { args: [1], result: true })).toBe(false);
  expect(await right('(n) => n * 1.1', { args: [3], result: 3.3 })).toBe(true);
  expect(await right('(n) => 3.3001', { args: [3], result: 3.3 })).toBe(false);
});

test('a task without calls is never right', async () => {
  expect(await judge.isRight('const add = 1;', 'add', [])).toBe(false);
});

const hostile = {
  'an endless loop': 'const add = () => { for (;;); };',
  'an endless loop outside': 'for (;;);',
  'a memory bomb': "const add = () => { let s = 'x'; for (;;) s += s; };",
  'a bomb of arrays':
    "const add = () => { const a = []; for (;;) a.push('x'.repeat(1e5 + a.length)); };",
  'deep recursion': 'const add = () => add();',
  'a deep value':
    'const add = () => { let v = []; for (let i = 0; i < 1e5; i++) v = [v]; return v; };',
  'a value that holds itself': 'const add = () => { const v = {}; v.v = v; return v; };',
  'a long output': "const add = () => 'x'.repeat(1e6);",
  'an expression that backtracks': "const add = () => /^(a+)+$/.test('a'.repeat(64) + 'b');",
  'a promise that never comes': 'const add = () => new Promise(() => {});',
  'a getter on its own value': 'const add = () => ({ get x() { for (;;); } });',
  'a proxy': 'const add = () => new Proxy({}, { get() { for (;;); } });',
  'JSON replaced': "JSON.stringify = () => '5'; const add = () => 7;",
  'prototypes replaced':
    'Object.prototype.toJSON = () => 7; Array.prototype[Symbol.iterator] = null; const add = () => 7;',
  'a way out': "const add = () => add.constructor('return process')().exit(1);",
  'a way to files': "const add = () => require('node:fs').readdirSync('/').length;",
};

test.each(Object.entries(hostile))('%s is wrong, and harms nobody', async (_name, program) => {
  expect(await judge.isRight(program, 'add', add)).toBe(false);
  expect(await judge.isRight('const add = (a, b) => a + b;', 'add', add)).toBe(true);
});

test('what the interpreter cannot interrupt ends with its thread, and the next one is judged', async () => {
  using short = new ProgramJudge({ timeoutMs: 3_000 });
  const native = 'const add = () => [].indexOf.call({ length: 2 ** 53 - 1 }, 1);';
  expect(await short.isRight(native, 'add', add)).toBe(false);
  using long = new ProgramJudge();
  expect(await long.isRight('const add = (a, b) => a + b;', 'add', add)).toBe(true);
});

test('programs do not see each other', async () => {
  expect(await judge.isRight('var kept = 5; const add = () => kept;', 'add', [])).toBe(false);
  const sees = "const add = () => (typeof kept === 'undefined' ? 1 : 2);";
  expect(await judge.isRight(sees, 'add', [{ args: [], result: 1 }])).toBe(true);
});
