import { describe, expect, test } from 'vitest';
import * as bannedSyntax from './banned-syntax.mjs';
import * as bannedText from './banned-text.mjs';
import * as names from './names.mjs';
import { tryCheck } from './try-check.mjs';

// The texts below are put together from pieces, or this file would break the rules that it tests.

describe('banned syntax', () => {
  test.each([
    ['src/a/b.ts', `eval('1');`, 'eval runs text as code'],
    ['src/a/b.ts', `new Function('return 1');`, 'Function runs text as code'],
    ['src/a/b.ts', `import vm from 'node:vm';`, 'uses node:vm, which is no sandbox'],
    ['tools/a.mjs', `const vm = require('vm');`, 'uses node:vm, which is no sandbox'],
    ['src/a/b.ts', `import { spawn } from 'node:child_process';`, 'starts other programs'],
    ['src/a/b.ts', `const a = await import('child_process');`, 'starts other programs'],
    ['src/a/b.ts', `f(x as any);`, '"as any" switches the compiler off'],
    ['src/a/b.ts', `process.env.ATHANOR_X;`, 'reads the environment variable ATHANOR_X'],
    ['tools/a.mjs', `env['ATHANOR_X'];`, 'reads the environment variable ATHANOR_X'],
  ])('%s may not hold %s', async (file, text, what) => {
    expect(await tryCheck(bannedSyntax, { [file]: `\n${text}` })).toEqual([`${file}:2 ${what}`]);
  });

  test('the same words are fine in strings, comments and the places meant for them', async () => {
    const files = {
      'src/a/b.ts': `// eval\nexport const a = "new Function('x')"; process.env.ATHANOR_LIBTORCH;`,
      'src/a/b.test.ts': `import { spawn } from 'node:child_process'; import 'node:vm';`,
      'tools/a.mjs': `import { spawn } from 'node:child_process'; process.env.RANK;`,
    };
    expect(await tryCheck(bannedSyntax, files)).toEqual([]);
  });
});

describe('banned text', () => {
  test.each([
    ['src/a/b.ts', `// TO${'DO'} later`, 'postpones work'],
    ['native/a.cpp', `// FIX${'ME'}: later`, 'postpones work'],
    ['src/a/b.ts', `// @ts-${'ignore'}`, 'switches the compiler off'],
    ['README.md', `see registry.npmjs${'.org'}/x`, 'names the host of a package registry'],
    [
      'tools/a.mjs',
      `'https://files.pythonhosted${'.org'}'`,
      'names the host of a package registry',
    ],
    ['docs/a.md', `in ${'/work'}/main`, 'holds an absolute path of one machine'],
    ['.ci/run', `cd ${'/root'}/x`, 'holds an absolute path of one machine'],
  ])('%s may not hold %s', async (file, text, what) => {
    expect(await tryCheck(bannedText, { [file]: `a\n${text}` })).toEqual([`${file}:2 ${what}`]);
  });

  test('like words are fine, and so are binaries', async () => {
    const text = `To do; framework/root/x; https://example${'.org'}/work/x`;
    const files = { 'a.md': text, 'b.bin': `\0TO${'DO'} ${'/root'}/` };
    expect(await tryCheck(bannedText, files)).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['src/a/utils.ts', '"utils" says nothing'],
    ['src/a/helpers.test.ts', '"helpers" says nothing'],
    ['src/common/a.ts', '"common" says nothing'],
    ['src/a/fooBar.ts', 'is not in kebab-case'],
    ['tools/foo_bar.mjs', 'is not in kebab-case'],
    ['native/fooBar.cpp', 'is not in snake_case, the custom of C++ and Python'],
  ])('%s is no name', async (file, what) => {
    expect(await tryCheck(names, { [file]: '' })).toEqual([`${file} ${what}`]);
  });

  test('other names are fine', async () => {
    const files = [
      'README.md',
      'src/a/foo-bar.test.ts',
      'src/a/b.data.ts',
      'native/tensor_table.h',
    ];
    const repository = Object.fromEntries(files.map((file) => [file, '']));
    expect(await tryCheck(names, repository)).toEqual([]);
  });
});
