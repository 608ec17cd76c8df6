import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTorchWheel } from './testing/fake-torch.mjs';
import { serveFile } from './testing/file-server.mjs';
import { Sandbox } from './testing/sandbox.mjs';

const setup = 'tools/setup.mjs';

/** @type {Sandbox} */
let sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

/**
 * Kills a set-up, as a power cut would, when a condition holds.
 * @param {() => boolean} condition
 */
async function killWhen(condition) {
  const { child, ended } = sandbox.start(setup);
  while (!condition() && child.exitCode === null) await sleep(5);
  expect(child.exitCode, 'set-up ended before it could be killed').toBe(null);
  child.kill('SIGKILL');
  await ended;
}

/** @param {string} folder */
const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
const unpacked = () => list(join(sandbox.cache, 'libtorch'));

test('killed while it unpacks: the next one begins afresh and cleans up', async () => {
  sandbox.offerWheel(makeTorchWheel('2.13.0+cpu', 4_000));
  const fillers = () =>
    join(sandbox.cache, 'libtorch', unpacked()[0] ?? '', 'torch/include/filler');
  await killWhen(() => list(fillers()).length > 100);
  expect(unpacked()[0]).toMatch(/^\.unpacking-/);
  expect(existsSync(join(sandbox.root, 'build/setup.lock'))).toBe(true);

  sandbox.offerWheel(makeTorchWheel());
  expect((await sandbox.run(setup)).code).toBe(0);
  expect(unpacked()).toEqual(['2.13.0+cpu-cpu']);
  expect(list(join(sandbox.root, 'build')).filter((name) => name.includes('lock'))).toEqual([]);
});

test('killed while it downloads: the next one goes on where it stopped', async () => {
  const { wheel, sha256 } = makeTorchWheel('2.13.0+cpu', 1_000);
  const server = await serveFile(wheel, [{ bytesPerSecond: wheel.length / 2 }, {}]);
  try {
    sandbox.offerWheel({ wheel, sha256 }, { wheelUrl: `${server.url}torch-2.13.0.whl` });
    const part = join(sandbox.cache, 'downloads/torch-2.13.0.whl.part');
    await killWhen(() => existsSync(part) && readFileSync(part).length > wheel.length / 4);
    expect((await sandbox.run(setup)).code).toBe(0);
    expect(server.requests[0]).toBe('all');
    expect(server.requests[1]).toMatch(/^bytes=[1-9]\d+-$/);
    expect(list(join(sandbox.cache, 'downloads'))).toEqual([]);
  } finally {
    server.close();
  }
});

test('killed while it compiles: nothing is in the cache, and the next one builds', async () => {
  writeFileSync(join(sandbox.folder, 'slow-compiler'), '');
  await killWhen(() => sandbox.calls().some((line) => line.includes(' -c ')));
  expect(list(join(sandbox.cache, 'addon'))).toEqual([]);
  expect((await sandbox.run(setup)).code).toBe(0);
});

test('ended by a signal: takes its lock along and says 143', async () => {
  writeFileSync(join(sandbox.folder, 'slow-compiler'), '');
  const { child, ended } = sandbox.start(setup);
  while (!sandbox.calls().some((line) => line.includes(' -c '))) await sleep(5);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(143);
  expect(list(join(sandbox.root, 'build')).filter((name) => name.includes('lock'))).toEqual([]);
});

test('two at once in one clone: one works, the other waits and says for whom', async () => {
  sandbox.offerWheel(makeTorchWheel('2.13.0+cpu', 1_000));
  const ended = await Promise.all([sandbox.run(setup), sandbox.run(setup)]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  const texts = ended.map(({ stderr }) => stderr);
  expect(
    texts.filter((text) => /waiting for another set-up \(process \d+\)/.test(text)),
  ).toHaveLength(1);
  expect(texts.filter((text) => text.includes('unpacked,'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('files compiled'))).toHaveLength(1);
});

test('two at once in two clones: LibTorch is fetched once', async () => {
  sandbox.offerWheel(makeTorchWheel('2.13.0+cpu', 1_000));
  const root = sandbox.copyClone('other');
  const ended = await Promise.all([sandbox.run(setup), sandbox.run(setup, [], { root })]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  expect(sandbox.calls().filter((line) => line.includes(' install '))).toHaveLength(1);
  expect(unpacked()).toEqual(['2.13.0+cpu-cpu']);
});

test('refused by the server: pip downloads, and the SHA-256 still counts', async () => {
  const { wheel, sha256 } = makeTorchWheel();
  const server = await serveFile(wheel, [{ status: 401 }]);
  try {
    const wheelUrl = `${server.url}torch-2.13.0.whl`;
    sandbox.offerWheel({ wheel, sha256: 'f'.repeat(64) }, { wheelUrl });
    const wrong = await sandbox.run(setup);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain(`must have the SHA-256 ${'f'.repeat(64)}`);
    sandbox.offerWheel({ wheel, sha256 }, { wheelUrl });
    expect((await sandbox.run(setup)).code).toBe(0);
    expect(sandbox.calls().filter((line) => line.includes(' download '))).toHaveLength(2);
  } finally {
    server.close();
  }
});
