import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download } from './download.mjs';
import { serveFile } from './testing/file-server.mjs';
import { DownloadRefused } from './transfer.mjs';

/** @typedef {import('./testing/file-server.mjs').Behaviour} Behaviour */

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');

let folder = '';
let path = '';
/** @type {(() => void)[]} */
let closing = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  path = join(folder, 'file.whl');
});
afterEach(() => {
  for (const close of closing) close();
  closing = [];
  rmSync(folder, { recursive: true });
});

/** @param {Behaviour[]} behaviours */
async function serve(...behaviours) {
  const server = await serveFile(content, behaviours);
  closing.push(server.close);
  return server;
}

/**
 * @param {string} url
 * @param {Partial<import('./download.mjs').DownloadJob>} [more]
 */
function fetchFrom(url, more) {
  return download({ url, path, sha256, progress() {}, pauseMs: 1, ...more });
}

/** Compares without toEqual, which takes seconds for so many bytes. */
const isWhole = () => readFileSync(path).equals(content);

test('downloads, and tells size, speed and time left', async () => {
  const { url, requests } = await serve({});
  /** @type {string[]} */
  const told = [];
  await fetchFrom(url, { progress: (text) => told.push(text) });
  expect(isWhole()).toBe(true);
  expect(existsSync(`${path}.part`)).toBe(false);
  expect(requests).toEqual(['all']);
  expect(told[0]).toMatch(/^\d+ kB of 300 kB, .*\/s, \d+ s left$/);
});

test('goes on where the connection broke', async () => {
  const { url, requests } = await serve({ cutAfter: 100_000 }, { cutAfter: 50_000 }, {});
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
  expect(requests).toHaveLength(3);
  // What had not reached the disk is asked for again.
  const starts = requests.slice(1).map((range) => Number(/\d+/.exec(range)?.[0]));
  expect(starts[0]).toBeGreaterThan(0);
  expect(starts[1]).toBeGreaterThan(starts[0] ?? 0);
});

test('goes on with the part that an earlier process left', async () => {
  const { url, requests } = await serve({});
  writeFileSync(`${path}.part`, content.subarray(0, 250_000));
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
  expect(requests).toEqual(['bytes=250000-']);
});

test('takes a part that is whole already', async () => {
  const { url, requests } = await serve({});
  writeFileSync(`${path}.part`, content);
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
  expect(requests).toEqual(['bytes=300000-']);
});

test('begins again when the server does not know ranges', async () => {
  const { url } = await serve({ ignoresRange: true });
  writeFileSync(`${path}.part`, content.subarray(0, 1000));
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
});

test('begins again, once, when the part was of another file', async () => {
  const { url, requests } = await serve({});
  writeFileSync(`${path}.part`, Buffer.alloc(1000));
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
  expect(requests).toEqual(['bytes=1000-', 'all']);
});

test('begins again when the part is longer than the file', async () => {
  const { url } = await serve({});
  writeFileSync(`${path}.part`, Buffer.alloc(400_000));
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
});

test('keeps nothing that has another SHA-256', async () => {
  const { url } = await serve({});
  const wrong = 'f'.repeat(64);
  await expect(fetchFrom(url, { sha256: wrong })).rejects.toThrow(
    `must have the SHA-256 ${wrong}, got ${sha256}`,
  );
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test('gives up a transfer that keeps breaking, and keeps what came', async () => {
  const { url, requests } = await serve({ cutAfter: 80_000 });
  const failure = fetchFrom(url, { numAttempts: 3 });
  await expect(failure).rejects.toThrow(/must arrive whole, got \d+ kB after 3 attempts/);
  expect(requests).toHaveLength(3);
  const part = readFileSync(`${path}.part`);
  expect(part.length).toBeGreaterThan(0);
  expect(part.equals(content.subarray(0, part.length))).toBe(true);
});

test('tries again after an error of the server', async () => {
  const { url } = await serve({ status: 503 }, {});
  await fetchFrom(url);
  expect(isWhole()).toBe(true);
});

test.each([401, 403, 404])('leaves status %i to pip', async (status) => {
  const { url, requests } = await serve({ status });
  await expect(fetchFrom(url)).rejects.toThrow(DownloadRefused);
  expect(requests).toHaveLength(1);
});

test('leaves a server that only fails to pip', async () => {
  const { url, requests } = await serve({ status: 503 });
  await expect(fetchFrom(url, { numAttempts: 3 })).rejects.toThrow(DownloadRefused);
  expect(requests).toHaveLength(3);
});

test('leaves a server that does not answer to pip', async () => {
  const { url, close } = await serve({});
  close();
  await expect(fetchFrom(url)).rejects.toThrow(DownloadRefused);
});

test('breaks off a transfer that stands still', async () => {
  const { url } = await serve({ stalls: true }, {});
  await fetchFrom(url, { stallMs: 100 });
  expect(isWhole()).toBe(true);
});

test('writes nothing when the disk has no space', async () => {
  const { url } = await serve({});
  const failure = fetchFrom(url, { measureSpace: () => 1000 });
  await expect(failure).rejects.toThrow(/must have 300 kB free to download, got 1 kB/);
  expect(existsSync(`${path}.part`)).toBe(false);
});
