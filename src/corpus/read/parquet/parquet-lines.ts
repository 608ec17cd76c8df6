/** Runs the program that parses a file of Parquet, within its limits. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  checkGrowth,
  DamagedFileError,
  fileState,
  LineSplitter,
  programArguments,
} from '../../../base/index.ts';
import type { ParquetLimits } from '../reader-config.ts';
import type { ParquetLine, ParquetTask, RowsTask } from './parquet-child.ts';

const defaultLimits: ParquetLimits = { memoryBytes: 2 ** 31, cpuSeconds: 60 };

/** What is asked of the program. */
export interface ParquetQuestion {
  task: RowsTask | { groups: true };
  /** Default: 2 GiB, 60 s. */
  limits?: ParquetLimits | undefined;
  /** Of the part of the file that is read. Default: of all of it. */
  sizeBytes?: number | undefined;
}

/**
 * The lines that the program prints about a file; undefined for one that is too long.
 *
 * @throws DamagedFileError when it does not come to its end, or says more than 200 times as much.
 */
export async function* parquetLines(
  file: string,
  { task, limits = defaultLimits, sizeBytes }: ParquetQuestion,
): AsyncGenerator<ParquetLine | undefined> {
  const packedBytes = sizeBytes ?? (await fileState(file)).sizeBytes;
  const child = startChild({ ...task, file, memoryBytes: limits.memoryBytes }, limits);
  const ended = once(child, 'close');
  const lines = new LineSplitter();
  let numBytes = 0;
  try {
    for await (const block of printed(child, 2_000 * limits.cpuSeconds)) {
      numBytes += block.length;
      checkGrowth(file, numBytes, packedBytes);
      for (const { bytes } of lines.push(block)) yield parsed(bytes);
    }
    const [code, signal] = (await ended) as [number | null, string | null];
    if (code !== 0) throw damaged(file, `${signal ?? `exit code ${code}`} of its parser`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** What the child prints; it is ended when it says nothing for too long, whatever holds it up. */
async function* printed(child: ChildProcess, patienceMs: number): AsyncGenerator<Buffer> {
  const blocks = child.stdout?.[Symbol.asyncIterator]();
  for (;;) {
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    const next = await blocks?.next();
    clearTimeout(timer);
    if (next === undefined || next.done === true) return;
    yield next.value as Buffer;
  }
}

function parsed(bytes: Buffer | undefined): ParquetLine | undefined {
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as ParquetLine);
}

/** A shell sets the limits: what the process may allocate, and its seconds of the processor. */
function startChild(task: ParquetTask, { memoryBytes, cpuSeconds }: ParquetLimits): ChildProcess {
  const kibibytes = Math.ceil(memoryBytes / 1024);
  const limited = `ulimit -d ${kibibytes}; ulimit -t ${cpuSeconds}; ulimit -c 0; exec "$0" "$@"`;
  const program = programArguments(new URL('./parquet-child', import.meta.url));
  const args = ['-c', limited, process.execPath, ...program, JSON.stringify(task)];
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  return spawn('sh', args, { stdio: ['ignore', 'pipe', 'ignore'], env });
}

/** A file that its parser could not read. */
export function damaged(what: string, got: string): DamagedFileError {
  return new DamagedFileError({ what, must: 'be whole Parquet', got });
}
