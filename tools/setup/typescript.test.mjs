import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from './locations.mjs';
import { ensureCompiled, isCompiled } from './typescript.mjs';

/** What the compiler demands to be declared. */
const globals = [
  'Array<T>',
  'CallableFunction',
  'NewableFunction',
  'Boolean',
  'Function',
  'IArguments',
  'Number',
  'Object',
  'RegExp',
  'String',
]
  .map((name) => `interface ${name} {}`)
  .join('\n');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  mkdirSync(join(root, 'src'));
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  const compilerOptions = {
    rootDir: 'src',
    outDir: 'dist',
    module: 'nodenext',
    target: 'es2022',
    types: [],
    // Without the standard library, whose reading would be most of the time.
    noLib: true,
  };
  writeFileSync(
    join(root, 'tsconfig.build.json'),
    JSON.stringify({ compilerOptions, include: ['src'] }),
  );
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  write('src/globals.d.ts', globals);
  write('src/first.ts', 'export const one: number = 1;\n');
});
afterEach(() => rmSync(root, { recursive: true }));

/**
 * @param {string} name
 * @param {string} text
 */
const write = (name, text) => writeFileSync(join(root, name), text);
const compile = () => ensureCompiled({ root, progress() {} });

test('compiles what changed, and removes what no source makes any more', async () => {
  write('src/second.ts', 'export const two = 2;\n');
  expect(await compile()).toEqual({ changed: true, text: '2 modules compiled' });
  expect((await compile()).changed).toBe(false);

  rmSync(join(root, 'src/second.ts'));
  expect(isCompiled(root)).toBe(false);
  expect((await compile()).text).toBe('1 modules compiled, 1 stale files removed');
  expect(existsSync(join(root, 'dist/second.js'))).toBe(false);

  rmSync(join(root, 'dist/first.js'));
  expect((await compile()).changed).toBe(true);
});

test('keeps dist/ as it was when there are errors, and tries again next time', async () => {
  await compile();
  write('src/first.ts', 'export const one: number = "one";\n');
  await expect(compile()).rejects.toThrow(
    /sources must compile, got 1 errors\n.*first\.ts.*TS2322/,
  );
  expect(readFileSync(join(root, 'dist/first.js'), 'utf8')).toContain('one = 1');
  expect(isCompiled(root)).toBe(false);
});
