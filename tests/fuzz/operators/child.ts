/**
 * The process that is fuzzed; `run-child.ts` starts it and watches. By hand, to run one case again:
 *
 *     node --import tsx tests/fuzz/operators/child.ts --seed 1 --only 123
 */
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { call, loadAddon } from './addon.ts';
import { Fuzzer, type Outcome } from './fuzzer.ts';
import { Journal } from './journal.ts';

interface Options {
  seed: number;
  numCalls: number;
  from: number;
  journal?: string | undefined;
  addon?: string | undefined;
  only?: number | undefined;
  workers: number;
  /** The call before which the process kills itself, to prove that this is noticed. */
  dieAt?: number | undefined;
}

const memoryLimitBytes = 512 * 2 ** 20;

if (isMainThread) await main(readOptions());
else parentPort?.postMessage(fuzz(workerData as Options));

async function main(options: Options): Promise<void> {
  const outcomes = options.workers > 0 ? await fuzzInWorkers(options) : [fuzz(options)];
  console.log(JSON.stringify(outcomes));
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      seed: { ...text, default: '1' },
      calls: { ...text, default: '1000' },
      from: { ...text, default: '0' },
      journal: text,
      addon: text,
      only: text,
      workers: { ...text, default: '0' },
      'die-at': text,
    },
  });
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  return {
    seed: Number(values.seed),
    numCalls: Number(values.calls),
    from: Number(values.from),
    journal: values.journal,
    addon: values.addon,
    only: number(values.only),
    workers: Number(values.workers),
    dieAt: number(values['die-at']),
  };
}

function fuzz({ seed, numCalls, from, journal, addon: path, only, dieAt }: Options): Outcome {
  const addon = loadAddon(path);
  call(addon, 'setMemoryLimit', memoryLimitBytes);
  const lines = journal === undefined ? { write: console.error } : new Journal(journal);
  const fuzzer = new Fuzzer(seed, addon, lines);
  if (only !== undefined) fuzzer.runCase(only);
  for (let index = from; only === undefined && fuzzer.outcome.numCalls < numCalls; index++) {
    if (dieAt !== undefined && fuzzer.outcome.numCalls >= dieAt)
      process.kill(process.pid, 'SIGSEGV');
    fuzzer.runCase(index);
  }
  return fuzzer.outcome;
}

/** As many workers at once; each second one is ended in the middle of its work and replaced. */
async function fuzzInWorkers(options: Options): Promise<Outcome[]> {
  const numCalls = Math.ceil(options.numCalls / options.workers);
  const lanes = Array.from({ length: options.workers }, async (_, lane) => {
    const own = {
      ...options,
      numCalls,
      workers: 0,
      seed: options.seed * 1000 + lane,
      journal: options.journal && `${options.journal}.${lane}`,
    };
    if (lane % 2 === 1) await interrupt(own);
    return await finish(own);
  });
  return await Promise.all(lanes);
}

function finish(workerData: Options): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(workerData);
    worker.once('message', resolve).once('error', reject);
  });
}

/** Node 20 hands no loader for TypeScript on to workers, so each registers its own. */
function startWorker(workerData: Options): Worker {
  const register = "import('tsx/esm/api').then(({ register }) => register())";
  const source = `${register}.then(() => import(${JSON.stringify(import.meta.url)}))`;
  return new Worker(source, { eval: true, workerData });
}

async function interrupt(workerData: Options): Promise<void> {
  for (const delayMs of [50, 300, 700, 900]) {
    const worker = startWorker(workerData);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await worker.terminate();
  }
}
