import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { liveTensors, memoryStats, scope, zeros } from './index.ts';
import { native } from './native.ts';

const record = readFileSync(new URL('../../build/native.json', import.meta.url), 'utf8');
const { addon } = JSON.parse(record) as { addon: string };

/** What every program below can use: the addon, and a tensor of 1,000 floats. */
const prelude = `
  const { parentPort, workerData, Worker } = require('node:worker_threads');
  const load = () => {
    const addon = require(${JSON.stringify(addon)});
    const zeros = addon.bindOperator('zeros');
    return { addon, make: () => addon.call(zeros, [1000]) };
  };
`;

interface Made {
  handle: number;
  numLive: number;
}

/** A worker that makes a tensor, tells its handle and waits. */
async function startMaker(): Promise<{ worker: Worker; made: Made }> {
  const worker = new Worker(
    `${prelude}
    const { addon, make } = load();
    parentPort.postMessage({ handle: make(), numLive: addon.liveTensors() });
    parentPort.once('message', () => process.exit());`,
    { eval: true },
  );
  const made = await new Promise<Made>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { worker, made };
}

test('each thread has tensors of its own, and knows those of others from them', async () => {
  const makers = await Promise.all([startMaker(), startMaker(), startMaker()]);
  try {
    scope(() => {
      zeros([1]);
      for (const { made } of makers) {
        expect(made.numLive).toBe(1);
        expect(native().isAlive(made.handle)).toBe(false);
        expect(() => native().tensorInfo(made.handle)).toThrow('must be a live tensor');
      }
    });
    expect(new Set(makers.map(({ made }) => made.handle)).size).toBe(3);
  } finally {
    await Promise.all(makers.map(({ worker }) => worker.terminate()));
  }
});

test('a worker frees its tensors when it ends, and when it is ended', async () => {
  const before = { bytes: memoryStats().liveBytes, live: liveTensors() };
  const [ended, terminated] = await Promise.all([startMaker(), startMaker()]);
  expect(memoryStats().liveBytes).toBeGreaterThanOrEqual(before.bytes + 8000);
  const exit = new Promise((resolve) => ended.worker.once('exit', resolve));
  ended.worker.postMessage('end');
  await Promise.all([exit, terminated.worker.terminate()]);
  expect({ bytes: memoryStats().liveBytes, live: liveTensors() }).toEqual(before);
});

/** Runs a program in a process of its own, which it might end. */
async function run(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', prelude + program]);
  return stdout.trim();
}

test('the addon stays when the worker that loaded it ends', async () => {
  const program = `
    const body = ${JSON.stringify(`${prelude} load().make();`)};
    new Worker(body, { eval: true }).once('exit', () => {
      const { addon, make } = load();
      const sum = addon.call(addon.bindOperator('sum'), make());
      console.log(addon.tensorItem(sum), addon.memoryStats().liveBytes > 0);
    });`;
  expect(await run(program)).toBe('0 true');
});

test('a worker can be ended in the middle of an error', async () => {
  // Each call fails or runs JavaScript, so that most workers end inside the addon's error handling.
  const worker = `
    const { addon, make } = load();
    addon.setErrorFactory((message) => new TypeError(message));
    const cat = addon.bindOperator('cat');
    const tensor = make();
    parentPort.postMessage('ready');
    for (;;) {
      try { addon.call(cat, [tensor, {}]); } catch {}
      try { addon.call(cat, Object.defineProperty([tensor], 0, { get: make })); } catch {}
    }`;
  const program = `
    const start = async () => {
      for (let i = 0; i < 15; i++) {
        const worker = new Worker(${JSON.stringify(prelude + worker)}, { eval: true });
        await new Promise((resolve) => worker.once('message', resolve));
        await worker.terminate();
      }
    };
    Promise.all([start(), start()]).then(() => console.log(load().addon.memoryStats().liveBytes));`;
  expect(await run(program)).toBe('0');
});
