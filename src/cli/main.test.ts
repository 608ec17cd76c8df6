import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

const output = captureOutput();

test('--help lists every command', async () => {
  expect(await main(['--help'])).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^ {2}setup \[options\] /m);
  expect(output.printed).toMatch(/^ {2}doctor \[options\] /m);
});

test('--version is that of package.json', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  expect(await main(['--version'])).toBe(exitCodes.done);
  expect(output.printed).toBe(`${version}\n`);
});

test('an unknown command is a usage error with the nearest name', async () => {
  expect(await main(['stup'])).toBe(exitCodes.usage);
  expect(output.complained).toBe(
    "UsageError: unknown command 'stup'\n  hint: did you mean setup?\n",
  );
  expect(output.printed).toBe('');
});

test('an unknown option is a usage error', async () => {
  expect(await main(['--fast'])).toBe(exitCodes.usage);
  expect(output.complained).toBe("UsageError: unknown option '--fast'\n  hint: athanor --help\n");
});

test('no command prints the help and is a usage error', async () => {
  expect(await main([])).toBe(exitCodes.usage);
  expect(output.complained).toContain('Usage: athanor');
});
