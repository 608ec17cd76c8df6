import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lowerRatchet } from './ratchet.mjs';
import * as sizes from './sizes.mjs';
import { tryCheck, withRepository } from './try-check.mjs';

const ratchetFile = 'tools/check/ratchet.json';

/** @param {number} numLines */
const lines = (numLines) => 'x;\n'.repeat(numLines);

/** @param {number} numLines of the whole function */
const body = (numLines) => `{\n${lines(numLines - 2)}}\n`;

/** @param {Record<string, number>} entries */
const ratchet = (entries) => ({ [ratchetFile]: JSON.stringify(entries) });

describe('files', () => {
  test.each([
    ['src/a/b.ts', 150],
    ['tools/a.mjs', 150],
    ['native/a.cpp', 150],
    ['src/a/b.test.ts', 300],
    ['src/stages/sft.ts', 300],
  ])('%s may have %i lines and no more', async (file, limit) => {
    expect(await tryCheck(sizes, { [file]: lines(limit) })).toEqual([]);
    const problems = await tryCheck(sizes, { [file]: lines(limit + 1) });
    expect(problems).toEqual([
      `${file} the file has ${limit + 1} lines, at most ${limit} are allowed`,
    ]);
  });

  test('documents, fixtures, generated code and data may be long, but data holds little code', async () => {
    const long = {
      'a.md': lines(999),
      'src/a/fixtures/b.ts': lines(999),
      'src/a/b.generated.ts': lines(999),
    };
    expect(await tryCheck(sizes, { ...long, 'src/a/c.data.ts': lines(999) })).toEqual([]);
    const text = `${lines(200)}const rows = [{ f() ${body(5)} }, { g() ${body(6)} }];`;
    expect(await tryCheck(sizes, { 'src/a/c.data.ts': text })).toEqual([
      'src/a/c.data.ts:206 function g has 6 lines, at most 5 are allowed in a data file',
    ]);
  });
});

describe('functions', () => {
  test.each([
    ['f', `/** Doc. */\nexport function f() ${body(31)}`, 2],
    ['f', `const f = () => ${body(31)}`, 1],
    ['A.m', `class A {\n  m() ${body(31)}}`, 2],
    ['A.constructor', `class A {\n  constructor() ${body(31)}}`, 2],
    ['callback of list.map', `list.map(() => ${body(31)});`, 1],
    ['callback of test', `describe('a', () => {\n  test('b', () => ${body(31)});\n});`, 2],
  ])('%s is too long', async (name, text, line) => {
    const what = `src/a/b.ts:${line} function ${name} has 31 lines, at most 30 are allowed`;
    expect(await tryCheck(sizes, { 'src/a/b.ts': text })).toEqual([what]);
  });

  test('30 lines are fine, and the body of describe is no function in this sense', async () => {
    const text = `function f() ${body(30)}describe('a', () => ${body(40)});`;
    expect(await tryCheck(sizes, { 'src/a/b.ts': text })).toEqual([]);
  });
});

describe('ratchet', () => {
  test('allows what it names and lets nothing grow', async () => {
    const entries = ratchet({ 'src/a/b.ts': 160, 'src/a/b.ts#f': 40 });
    const text = `function f() ${body(40)}${lines(120)}`;
    expect(await tryCheck(sizes, { ...entries, 'src/a/b.ts': text })).toEqual([]);
    expect(await tryCheck(sizes, { ...entries, 'src/a/b.ts': `${text}x;` })).toEqual([
      'src/a/b.ts the file has 161 lines, at most 160 are allowed',
    ]);
  });

  test('has to follow what shrinks and what goes', async () => {
    const entries = ratchet({ 'src/a/b.ts': 160, 'src/a/b.ts#f': 40, 'src/a/gone.ts': 200 });
    expect(await tryCheck(sizes, { ...entries, 'src/a/b.ts': lines(155) })).toEqual([
      'src/a/b.ts the file has 155 lines, and the ratchet still allows 160',
      'src/a/b.ts no longer needs its entry in the ratchet (src/a/b.ts#f)',
      'src/a/gone.ts no longer needs its entry in the ratchet (src/a/gone.ts)',
    ]);
  });

  test('is only ever lowered', async () => {
    const files = {
      'src/a/b.ts': lines(155),
      'src/a/c.ts': lines(170),
      'src/a/new.ts': lines(200),
    };
    const entries = ratchet({ 'src/a/b.ts': 160, 'src/a/c.ts': 165, 'src/a/gone.ts': 200 });
    await withRepository({ ...files, ...entries }, (root) => {
      lowerRatchet(root, sizes.findOversizes(root));
      const lowered = JSON.parse(readFileSync(path.join(root, ratchetFile), 'utf8'));
      expect(lowered).toEqual({ 'src/a/b.ts': 155, 'src/a/c.ts': 165 });
    });
  });
});
