/** The program behind `npm run bench`: runs one benchmark of bench/ and prints its rows. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AthanorError, exitCodes, UsageError } from '../../src/base/index.ts';
import type { Benchmark, Context } from './benchmark.ts';
import { Peer } from './peer.ts';
import { describeMachine, formatTable } from './report.ts';
import { type Row, toJson } from './row.ts';

const log = (line: string) => console.error(line);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { name, json, numRounds, only } = readOptions(args);
    const module = (await import(new URL(`../${name}.ts`, import.meta.url).href)) as unknown;
    const rows = await runBenchmark(
      (module as { benchmark: Benchmark }).benchmark,
      numRounds,
      only,
    );
    console.log(json ? toJson(rows) : formatTable(rows));
    return rows.some(({ pass }) => pass === false) ? exitCodes.failure : exitCodes.done;
  } catch (error) {
    if (!(error instanceof AthanorError)) throw error;
    log(`${error.name}: ${error.message}`);
    return error.exitCode;
  }
}

function readOptions(args: readonly string[]) {
  const options = {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
  } as const;
  const { values, positionals } = parseStrictly(() =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  );
  const numRounds = Number(values.rounds);
  if (!Number.isSafeInteger(numRounds) || numRounds < 1) {
    throw new UsageError({
      what: '--rounds',
      must: 'be a whole number from 1',
      got: values.rounds,
    });
  }
  return { name: positionals[0] ?? '', json: values.json, only: values.only, numRounds };
}

function parseStrictly<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function runBenchmark(benchmark: Benchmark, numRounds: number, only: string) {
  const chosen = benchmark.measurements.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    const names = benchmark.measurements.map(({ name }) => name).join(', ');
    throw new UsageError({ what: '--only', must: `be part of one of: ${names}`, got: only });
  }
  const { threads, versions } = benchmark.describe();
  log(describeMachine(`${versions}, ${threads} threads`));
  if (numRounds < 7) log(`${numRounds} rounds are a try, not a result: a result takes 7 or more`);
  const startPeer = peerStarter(benchmark, threads);
  const peer = await startPeer();
  if (peer !== undefined) log(`against ${peer.introduction.name} (${peer.introduction.details})`);
  const context: Context = { peer, startPeer, numRounds, minTurnSeconds: 0.1 };
  try {
    return await measureAll(chosen, context);
  } finally {
    peer?.close();
  }
}

async function measureAll(chosen: Benchmark['measurements'], context: Context): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, measure } of chosen) {
    log(`measuring ${name}`);
    rows.push(...(await measure(context)));
  }
  return rows;
}

/** How to start the peer, if a Python is named for it. */
function peerStarter({ peerScript }: Benchmark, threads: number): Context['startPeer'] {
  const python = process.env.ATHANOR_BENCH_PYTHON;
  if (peerScript === undefined) return async () => undefined;
  if (python === undefined || python === '') {
    log('no peer: set ATHANOR_BENCH_PYTHON to a Python that has the rival, to compare with it');
    return async () => undefined;
  }
  return () => Peer.start([python, fileURLToPath(peerScript)], threads);
}
