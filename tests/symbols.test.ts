import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const hasNm = spawnSync('nm', ['--version']).status === 0;

test.skipIf(!hasNm)('the addon refers to no loader that could run code from a file', () => {
  const record = new URL('../build/native.json', import.meta.url);
  const { addon } = JSON.parse(readFileSync(record, 'utf8')) as { addon: string };
  const symbols = execFileSync('nm', ['-D', '-C', '--undefined-only', addon], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  // Proof that the list is read: the dispatcher is what the addon is for.
  expect(symbols).toContain('c10::Dispatcher');
  const loaders = /.*(torch::jit::(load|import)|pickle|Unpickler|torch::load|dlopen).*/gi;
  expect(symbols.match(loaders)).toBeNull();
});
