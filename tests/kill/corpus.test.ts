/** A build of a corpus that is killed at any moment ends in the same bytes, and shows no half file. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../src/base/index.ts';
import { count } from '../tier.ts';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-corpus-kill-'));
let whole: Record<string, string>;
let runLengthMs = 0;

const commandFor = (name: string) => [
  ...['node', 'bin/athanor.mjs', 'corpus', 'build', join(folder, 'recipe.mjs')],
  ...['--store', join(folder, name), '--workers', '2'],
];

/** Name → hash of the files of the one version of a store. */
function versionIn(store: string): Record<string, string> {
  const names = fs.readdirSync(join(folder, store)).filter((name) => !name.startsWith('.'));
  expect(names).toHaveLength(1);
  const root = join(folder, store, names[0] ?? '');
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'built.json');
  const hashes = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const sha256 = createHash('sha256').update(fs.readFileSync(path)).digest('hex');
    return [relative(root, path), sha256] as const;
  });
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

beforeAll(async () => {
  const random = new SeededRandom(1);
  const words = Array.from({ length: 3000 }, (_, i) => `word${i.toString(36)}`);
  const sources: Record<string, object> = {};
  for (const source of ['web', 'news', 'books', 'wiki']) {
    const lines = Array.from({ length: 1500 }, (_, i) => {
      const text = Array.from({ length: 120 }, () => random.pick(words)).join(' ');
      return `${JSON.stringify({ text: i % 7 === 0 ? 'the same' : text })}\n`;
    });
    fs.writeFileSync(join(folder, `${source}.jsonl`), lines.join(''));
    sources[source] = { files: [join(folder, `${source}.jsonl`)], clean: {} };
  }
  const recipe = { name: 'killed', description: '', corpus: { sources } };
  fs.writeFileSync(join(folder, 'recipe.mjs'), `export default ${JSON.stringify(recipe)};`);
  const start = performance.now();
  const { code, output } = await runOnce({ command: commandFor('whole'), cwd });
  runLengthMs = performance.now() - start;
  expect(code, output).toBe(0);
  whole = versionIn('whole');
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('SIGKILL at random moments', { timeout: 1_200_000 }, async () => {
  const numKills = count({ test: 2, pr: 20, slow: 200 });
  for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
    expect(last?.code, last?.output).toBe(0);
    expect(versionIn(name)).toEqual(whole);
    const left = fs.readdirSync(join(folder, name, '.work/killed'));
    expect(left.filter((name) => name.includes('.tmp-'))).toEqual([]);
  }
});

test('SIGTERM ends it with 143, and the same command goes on', { timeout: 300_000 }, async () => {
  const command = commandFor('terminated');
  const first = await runOnce({ command, cwd, signal: 'SIGTERM' }, runLengthMs * 0.6);
  expect([0, 143], first.output).toContain(first.code);
  expect((await runOnce({ command, cwd })).code).toBe(0);
  expect(versionIn('terminated')).toEqual(whole);
});
