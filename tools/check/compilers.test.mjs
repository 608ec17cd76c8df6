import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as biome from './biome.mjs';
import * as knip from './knip.mjs';
import { tryCheck } from './try-check.mjs';
import * as types from './types.mjs';

// The repository's own settings are on trial as well: a rule that is switched off fails here.

/** @param {string[]} names */
const settings = (...names) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      readFileSync(path.join(import.meta.dirname, '../..', name), 'utf8'),
    ]),
  );

describe('biome', () => {
  const repository = { ...settings('biome.json'), '.gitignore': 'node_modules\n' };

  test('finds what is untidy or dangerous', async () => {
    const problems = await tryCheck(biome, {
      ...repository,
      'any.ts': 'export let a: any;\n',
      'assertion.ts': 'export const a = (b?: string) => b!.length;\n',
      'floating.ts': 'export async function a(): Promise<void> {}\na();\n',
      'node.ts': "import 'fs';\n",
      'order.ts': "import { b } from './b.ts';\nimport { a } from './a.ts';\n\na(b);\n",
      'spaces.ts': 'export const  a = 1;\n',
    });
    expect(problems.map((problem) => problem.split(': ')[0]).sort()).toEqual([
      'any.ts:1 lint/suspicious/noExplicitAny',
      'assertion.ts:1 lint/style/noNonNullAssertion',
      'floating.ts:2 lint/nursery/noFloatingPromises',
      'node.ts:1 lint/style/useNodejsImportProtocol',
      'order.ts:1 is not formatted (assist/source/organizeImports)',
      'spaces.ts is not formatted (format)',
    ]);
  });

  test('is content with a tidy file, and not with settings that it cannot read', async () => {
    expect(await tryCheck(biome, { ...repository, 'a.ts': 'export const a = 1;\n' })).toEqual([]);
    const problems = await tryCheck(biome, { ...repository, 'biome.json': '{ "linter": 3 }' });
    expect(problems[0]).toMatch(/^biome\.json/);
  });
});

describe('types', () => {
  const repository = settings('package.json', 'tsconfig.json', 'tsconfig.tools.json');

  test('that do not fit are found, and promises that nobody waits for', async () => {
    const problems = await tryCheck(types, {
      ...repository,
      'src/a/assign.ts': "export const a: number = 'x';",
      'src/a/index.ts': 'export const a = [1][0].toFixed();',
      'src/a/enum.ts': 'export enum A { B }',
      'src/a/promise.ts': 'export const a = (p: Promise<1>): void => {\n  p.then(console.log);\n};',
      'tools/any.mjs': 'export const a = (b) => b;',
      'tools/promise.mjs': "import { rm } from 'node:fs/promises';\nrm('x');",
    });
    expect(problems.map((problem) => problem.split(': ')[0]).sort()).toEqual([
      'src/a/assign.ts:1 TS2322',
      'src/a/enum.ts:1 TS1294',
      'src/a/index.ts:1 TS2532',
      'src/a/promise.ts:2 nobody waits for this promise',
      'tools/any.mjs:1 TS7006',
      'tools/promise.mjs:2 nobody waits for this promise',
    ]);
  });

  test('are right in a tidy repository, where promises are taken care of', async () => {
    const text = `export async function b(p: Promise<1>): Promise<void> {
      await p;
      void p.then(console.log);
      p.catch(console.error);
      p.then(console.log, console.error);
      const q = p.finally(() => {});
      return q.then(() => {});
    }`;
    const tidy = '/** @param {number} d */\nexport const c = (d) => d;\n';
    const files = { 'src/a/b.ts': text, 'tools/c.mjs': tidy };
    expect(await tryCheck(types, { ...repository, ...files })).toEqual([]);
  });
});

describe('knip', () => {
  const manifest = { name: 'a', type: 'module', dependencies: { zod: '1.0.0' } };
  const repository = {
    ...settings('knip.json', 'tsconfig.json'),
    'package.json': JSON.stringify(manifest),
    'src/a/b.ts': 'export const used = 1;\n',
  };

  test('finds what nobody uses, and packages that are not declared', async () => {
    const problems = await tryCheck(knip, {
      ...repository,
      'src/a/index.ts': `import 'ky';\nexport { used } from './b.ts';\n`,
      'src/a/b.ts': 'export const used = 1;\nexport const b = 2;\nexport type B = 3;\n',
      'src/a/c.ts': 'export const c = 1;\n',
    });
    expect(problems.sort()).toEqual([
      'package.json dependencies: zod',
      'src/a/b.ts:2 exports: b',
      'src/a/b.ts:3 types: B',
      'src/a/c.ts nothing imports this file',
      'src/a/index.ts:1 unlisted: ky',
    ]);
  });

  test('is content when everything is used', async () => {
    const index = `import 'zod';\nexport { used } from './b.ts';\n`;
    expect(await tryCheck(knip, { ...repository, 'src/a/index.ts': index })).toEqual([]);
  });
});
