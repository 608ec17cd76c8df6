/** The files of a run: its lock, its metrics, its curves. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';
import { JsonLinesFile } from './json-lines.ts';
import { ProgressLine } from './progress-line.ts';
import { openRunDirectory } from './run-directory.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-run-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test('a run directory keeps others out until it is closed', () => {
  const run = openRunDirectory(folder, { numSteps: 3 });
  expect(() => openRunDirectory(folder, {})).toThrow(`held by process ${process.pid}`);
  expect(JSON.parse(fs.readFileSync(run.file('recipe.json'), 'utf8'))).toEqual({ numSteps: 3 });
  run.close();
  openRunDirectory(folder, {}).close();
  expect(fs.readdirSync(folder)).toEqual(['recipe.json']);
});

test('the lock of a killed process is taken over', async () => {
  const index = new URL('./index.ts', import.meta.url).href;
  const code = `const { openRunDirectory } = await import(${JSON.stringify(index)});
    openRunDirectory(${JSON.stringify(folder)}, {}); console.log('held'); setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(() => openRunDirectory(folder, {})).toThrow(`held by process ${holder.pid}`);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  openRunDirectory(folder, {}).close();
});

test('metrics lose a torn line and the steps above the resumed one', () => {
  const path = join(folder, 'metrics.jsonl');
  fs.writeFileSync(path, '{"step":1}\n{"step":2}\n{"step":3}\n{"st');
  using metrics = new JsonLinesFile(path, (value) => (value as { step: number }).step < 3);
  metrics.append({ step: 9 });
  expect(fs.readFileSync(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n{"step":9}\n');
});

test('CRC-32C gives the check value of its definition', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('progress rewrites one line on a terminal, and cuts it to its width', () => {
  let written = '';
  const stream = { isTTY: true, columns: 11, write: (text: string) => (written += text) };
  using line = new ProgressLine({ stream, now: () => 0 });
  line.update('春眠不觉晓，处处闻啼鸟', {});
  line.note('saved');
  expect(written.replaceAll('\u001b', '^')).toBe('\r^[2K春眠不觉晓\r^[2Ksaved\n');
});
