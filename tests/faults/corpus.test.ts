/**
 * A build of a corpus whose file system fails at every call that changes the store (reliability B5):
 * whatever happens, the next start ends in the same bytes, and nobody ever sees half a version.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ending, runOnce } from '../kill/run-kill-rerun.ts';
import { count } from '../tier.ts';
import {
  canInjectFaults,
  compileShim,
  type FaultPlan,
  faultEnvironment,
  type LoggedCall,
  readCalls,
} from './io-shim.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-corpus-faults-'));
let library = '';
let whole: Record<string, string> = {};
let calls: LoggedCall[] = [];

beforeAll(async () => {
  if (!canInjectFaults) return;
  library = compileShim(folder);
  writeRecipe();
  const log = join(folder, 'calls.log');
  const { code, output } = await start('whole', { mode: 'count', log });
  expect(code, output).toBe(0);
  [whole = {}] = versionsIn('whole');
  expect(Object.keys(whole)).toContain('repeated-lines.bin');
  calls = readCalls(log);
}, 300_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Two sources, with lines that are cut, texts that are dropped, and every kind of step. */
function writeRecipe(): void {
  const menu = 'Home, news, about us and contact';
  const sources = ['web', 'books'].map((source) => {
    const texts = Array.from(
      { length: 40 },
      (_, i) => `${menu}\n${source} tells of number ${i % 30}`,
    );
    const lines = texts.map((text) => `${JSON.stringify({ text })}\n`);
    fs.writeFileSync(join(folder, `${source}.jsonl`), lines.join(''));
    return [source, { files: [join(folder, `${source}.jsonl`)], clean: {} }];
  });
  fs.writeFileSync(
    join(folder, 'exam.txt'),
    'web tells of number 7, home news about us and contact',
  );
  const evaluationSets = { exam: { files: [join(folder, 'exam.txt')] } };
  const corpus = { sources: Object.fromEntries(sources), repeatedLines: {}, evaluationSets };
  const recipe = { name: 'faulty', description: '', corpus };
  fs.writeFileSync(join(folder, 'recipe.mjs'), `export default ${JSON.stringify(recipe)};`);
}

/** Builds into a store of this name, and looks at it every 10 ms meanwhile. */
async function start(
  store: string,
  plan: Omit<FaultPlan, 'folder'> = { mode: 'count' },
): Promise<Ending> {
  const command = [
    ...['node', 'bin/athanor.mjs', 'corpus', 'build', join(folder, 'recipe.mjs')],
    ...['--store', join(folder, store), '--workers', '1'],
  ];
  const env = faultEnvironment(library, { ...plan, folder: join(folder, store) });
  const partial: unknown[] = [];
  const watch = setInterval(() => {
    if (store === 'whole') return;
    for (const version of versionsIn(store)) {
      if (JSON.stringify(version) !== JSON.stringify(whole)) partial.push(version);
    }
  }, 10);
  const ending = await runOnce({ command, cwd, env });
  clearInterval(watch);
  expect(partial).toEqual([]);
  return ending;
}

/** Of each version that others can see: name → hash of all its files but the time it was built. */
function versionsIn(store: string): Record<string, string>[] {
  if (!fs.existsSync(join(folder, store))) return [];
  const names = fs.readdirSync(join(folder, store)).filter((name) => !name.startsWith('.'));
  return names.map((name) => {
    const root = join(folder, store, name);
    const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name !== 'built.json');
    const hashes = files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const sha256 = createHash('sha256').update(fs.readFileSync(path)).digest('hex');
      return [relative(root, path), sha256] as const;
    });
    return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

async function expectSameBytesNext(store: string, what: string): Promise<void> {
  const { code, output } = await start(store);
  expect(code, `${what}: ${output}`).toBe(0);
  expect(versionsIn(store), what).toEqual([whole]);
  const left = fs.readdirSync(join(folder, store), { recursive: true }).map(String);
  expect(
    left.filter((name) => name.includes('.tmp-')),
    what,
  ).toEqual([]);
  fs.rmSync(join(folder, store), { recursive: true });
}

/** About as many of the calls, evenly spread. */
function some(list: readonly LoggedCall[], wanted: number): LoggedCall[] {
  const every = Math.max(1, Math.ceil(list.length / wanted));
  return list.filter((_, i) => i % every === every >> 1);
}

const writes = () => calls.filter(({ name }) => name === 'write');
const timeout = 3_600_000;

test.runIf(canInjectFaults)(
  'SIGKILL at a call, or in the middle of a write',
  { timeout },
  async () => {
    const kills = some(calls, count({ test: 2, pr: 20, slow: 200 }));
    const halves = some(writes(), count({ test: 1, pr: 10, slow: 100 }));
    const cases = [
      ...kills.map((call) => ['kill', call] as const),
      ...halves.map((call) => ['half', call] as const),
    ];
    for (const [mode, { number, name, path }] of cases) {
      const what = `${mode} at ${name} ${path}`;
      const { signal, output } = await start(`${mode}-${number}`, { mode, at: number });
      expect(signal, `${what}: ${output}`).toBe('SIGKILL');
      await expectSameBytesNext(`${mode}-${number}`, what);
    }
  },
);

test.runIf(canInjectFaults)(
  'a full or broken disk is named, and costs nothing',
  { timeout },
  async () => {
    const errors = (['ENOSPC', 'EIO'] as const).slice(0, count({ test: 1, pr: 2, slow: 2 }));
    for (const call of some(calls, count({ test: 2, pr: 20, slow: 200 }))) {
      for (const error of errors) {
        for (const mode of ['fail', 'fail-from'] as const) {
          const [store, what] = [`${mode}-${call.number}`, `${error} at ${call.name} ${call.path}`];
          const { code, output } = await start(store, { mode, at: call.number, error });
          // What is only cleaned up may stay; whatever else fails is said, with the way out.
          if (code === 0) expect(versionsIn(store), what).toEqual([whole]);
          else expect([code, output], what).toEqual([1, expect.stringContaining(error)]);
          await expectSameBytesNext(store, what);
        }
      }
    }
  },
);

test.runIf(canInjectFaults)('a short write is completed, or said', { timeout }, async () => {
  for (const { number, path } of some(writes(), count({ test: 1, pr: 10, slow: 100 }))) {
    const { code, output } = await start('short', { mode: 'short', at: number, error: 'ENOSPC' });
    if (code === 0) expect(versionsIn('short'), path).toEqual([whole]);
    else expect(output, path).toContain('ENOSPC');
    await expectSameBytesNext('short', path);
  }
});
