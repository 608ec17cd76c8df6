import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateWorld } from '../samples/index.ts';
import { count } from './tier.ts';

const numKills = count({ test: 3, pr: 5, slow: 20 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function trainingOf(corpus: string, out: string): string[] {
  const run = `
    import { main } from '${new URL('../src/cli/main.ts', import.meta.url).href}';
    process.exitCode = await main(${JSON.stringify(['tokenizer', 'train', corpus, '--vocab-size', '3000', '--workers', '2', '--out', out])});`;
  return ['--import', 'tsx', '--input-type=module', '-e', run];
}

it(`leaves no file or a whole one when it is killed (${numKills} kills)`, async () => {
  const corpus = join(folder, 'corpus.txt');
  const texts = [...generateWorld({ seed: 7, sizeBytes: 2e6 })].map(({ text }) => text);
  writeFileSync(corpus, texts.join('\n'));
  const started = performance.now();
  const whole = join(folder, 'whole');
  expect(spawnSync(process.execPath, trainingOf(corpus, whole)).status).toBe(0);
  const wholeMs = performance.now() - started;
  const files = new Map(readdirSync(whole).map((name) => [name, readFileSync(join(whole, name))]));
  expect([...files.keys()].sort()).toEqual(['tokenizer.json', 'tokenizer.tiktoken']);

  const out = join(folder, 'out');
  for (let i = 0; i < numKills; i++) {
    // Every other time at the end, which is where files are written.
    const share = i % 2 === 0 ? Math.random() : 0.9 + Math.random() / 5;
    await killAfter(wholeMs * share, trainingOf(corpus, out));
    for (const [name, expected] of files) {
      const found = existing(join(out, name));
      if (found !== undefined) expect(found.equals(expected), name).toBe(true);
    }
  }
  expect(spawnSync(process.execPath, trainingOf(corpus, out)).status).toBe(0);
  for (const [name, expected] of files) {
    expect(existing(join(out, name))?.equals(expected), name).toBe(true);
  }
}, 300_000);

async function killAfter(milliseconds: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([sleep(milliseconds), ended]);
  child.kill('SIGKILL');
  await ended;
}

function existing(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
