import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { main } from './main.ts';

let printed = '';
let complained = '';

beforeEach(() => {
  printed = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('--help lists every command', async () => {
  expect(await main(['--help'])).toBe(exitCodes.done);
  expect(printed).toMatch(/^ {2}setup \[options\] /m);
  expect(printed).toMatch(/^ {2}doctor \[options\] /m);
});

test('--version is that of package.json', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  expect(await main(['--version'])).toBe(exitCodes.done);
  expect(printed).toBe(`${version}\n`);
});

test('an unknown command is a usage error with the nearest name', async () => {
  expect(await main(['stup'])).toBe(exitCodes.usage);
  expect(complained).toBe("UsageError: unknown command 'stup'\n  hint: did you mean setup?\n");
  expect(printed).toBe('');
});

test('an unknown option is a usage error', async () => {
  expect(await main(['--fast'])).toBe(exitCodes.usage);
  expect(complained).toBe("UsageError: unknown option '--fast'\n  hint: athanor --help\n");
});

test('no command prints the help and is a usage error', async () => {
  expect(await main([])).toBe(exitCodes.usage);
  expect(complained).toContain('Usage: athanor');
});
