/** The program behind `npm run bench`: runs one benchmark of bench/ and prints its rows. */
import { fileURLToPath } from 'node:url';
import { AthanorError, exitCodes, UsageError } from '../../src/base/index.ts';
import type { Benchmark, Context, Measurement } from './benchmark.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { Peer } from './peer.ts';
import { describeMachine, formatTable } from './report.ts';
import { type Row, toJson } from './row.ts';

const log = (line: string) => console.error(line);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    const url = new URL(`../${options.name}.ts`, import.meta.url);
    const { benchmark } = (await import(url.href)) as { benchmark: Benchmark };
    const chosen = choose(benchmark, options);
    const missing = benchmark.missingDevice?.(options.device);
    if (missing !== undefined) return skip(missing, options);
    return await withContext(benchmark, options, (context) =>
      options.profile ? profile(chosen, context) : measure(chosen, context, options),
    );
  } catch (error) {
    if (!(error instanceof AthanorError)) throw error;
    log(`${error.name}: ${error.message}`);
    return error.exitCode;
  }
}

/** @throws UsageError when nothing is left, or the benchmark knows one device only. */
function choose(benchmark: Benchmark, { only, device, profile: wantsProfile }: BenchOptions) {
  if (device !== 'cpu' && benchmark.missingDevice === undefined) {
    throw new UsageError({ what: '--device', must: 'be cpu for this benchmark', got: device });
  }
  const possible = benchmark.measurements.filter(
    (measurement) => !wantsProfile || measurement.profile !== undefined,
  );
  if (possible.length === 0) {
    throw new UsageError({
      what: '--profile',
      must: 'be left out for this benchmark',
      got: 'a benchmark without profiles',
    });
  }
  const chosen = possible.filter(({ name }) => name.includes(only));
  if (chosen.length > 0) return chosen;
  const names = possible.map(({ name }) => name).join(', ');
  throw new UsageError({ what: '--only', must: `be part of one of: ${names}`, got: only });
}

function skip(reason: string, { json }: BenchOptions): number {
  log(`skipped: ${reason}`);
  if (json) console.log(toJson([]));
  return exitCodes.done;
}

async function measure(
  chosen: readonly Measurement[],
  context: Context,
  { json, numRounds }: BenchOptions,
): Promise<number> {
  if (numRounds < 7) log(`${numRounds} rounds are a try, not a result: a result takes 7 or more`);
  const rows: Row[] = [];
  for (const measurement of chosen) {
    log(`measuring ${measurement.name}`);
    rows.push(...(await measurement.measure(context)));
  }
  console.log(json ? toJson(rows) : formatTable(rows));
  return rows.some(({ pass }) => pass === false) ? exitCodes.failure : exitCodes.done;
}

async function profile(chosen: readonly Measurement[], context: Context): Promise<number> {
  for (const measurement of chosen) {
    console.log(`${measurement.name}\n${await measurement.profile?.(context)}\n`);
  }
  return exitCodes.done;
}

/** Says what is about to run, on what, and runs it beside a peer. */
async function withContext(
  benchmark: Benchmark,
  { numRounds, device }: BenchOptions,
  body: (context: Context) => Promise<number>,
): Promise<number> {
  const { threads, versions } = benchmark.describe();
  log(describeMachine(`${versions}, ${threads} threads, ${device}`));
  const startPeer = peerStarter(benchmark, threads);
  const peer = await startPeer();
  if (peer !== undefined) log(`against ${peer.introduction.name} (${peer.introduction.details})`);
  try {
    return await body({ peer, startPeer, numRounds, device, minTurnSeconds: 0.1 });
  } finally {
    peer?.close();
  }
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
