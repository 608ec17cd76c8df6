/** Parquet, parsed by DuckDB in a child process, for a small file can ask for any amount of memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  checkGrowth,
  DamagedFileError,
  fileState,
  LineSplitter,
  parseJsonLine,
  programArguments,
} from '../../../base/index.ts';
import type { Origin, ReadRecord } from '../../document.ts';
import type { ParquetLimits, ReaderConfig } from '../reader-config.ts';
import { documentOf, type FileOrigin, originOf, type ReadRow } from '../record.ts';
import type { ParquetLine, ParquetTask } from './parquet-child.ts';

/** Written as JSON, in which a character may take six bytes, a text must fit into a line of 16 MiB. */
const maxTextBytes = 8 * 2 ** 20;

const defaultLimits: ParquetLimits = { memoryBytes: 2 ** 31, cpuSeconds: 60 };

/**
 * Reads a file of Parquet, one record a row.
 *
 * @throws DamagedFileError when the child cannot read it to the end within its limits.
 */
export async function* readParquetFile(
  path: string,
  file: FileOrigin,
  config: ReaderConfig,
): AsyncGenerator<ReadRecord> {
  const names = { ...config.fields, text: config.fields?.text ?? 'text' };
  const others = [names.id, names.url, names.licence].filter((name) => name !== undefined);
  const columns = { text: names.text, others };
  for await (const row of rowsOf(path, columns, config.parquetLimits)) {
    if ('rejected' in row) {
      yield { rejected: { reason: row.rejected }, origin: originOf(file, row.number) };
      continue;
    }
    const values = [names.text, ...others].map((name, i) => [name, row.values[i]]);
    yield documentOf(Object.fromEntries(values), file, row.number, config);
  }
}

/** Reads a file of Parquet whose rows are not texts: all their columns. @throws as the other */
export async function* readParquetRows(
  path: string,
  file: FileOrigin,
  { parquetLimits }: Pick<ReaderConfig, 'parquetLimits'>,
): AsyncGenerator<ReadRow> {
  for await (const row of rowsOf(path, { text: undefined, others: [] }, parquetLimits)) {
    const origin = originOf(file, row.number);
    if ('rejected' in row) yield { rejected: { reason: row.rejected }, origin };
    else yield rowOfJson(String(row.values[0]), origin);
  }
}

type NumberedRow = { number: number } & ({ values: readonly unknown[] } | { rejected: string });

type Columns = Pick<ParquetTask, 'text' | 'others'>;

async function* rowsOf(
  path: string,
  columns: Columns,
  limits?: ParquetLimits,
): AsyncGenerator<NumberedRow> {
  let number = 0;
  for await (const line of parquetLines(path, columns, limits)) {
    if (line === undefined || 'tooLong' in line || 'binary' in line) {
      const rejected = line !== undefined && 'binary' in line ? 'not UTF-8' : 'line too long';
      yield { number: ++number, rejected };
    } else if ('row' in line) yield { number: ++number, values: line.row };
    else if ('failed' in line) throw damaged(path, line.failed);
    else if (line.end === number) return;
  }
  throw damaged(path, 'its end too early');
}

function rowOfJson(text: string, origin: Origin): ReadRow {
  const parsed = parseJsonLine(Buffer.from(text));
  if (parsed !== undefined && 'value' in parsed) return { fields: parsed.value, origin };
  return { rejected: { reason: parsed?.rejected ?? 'not JSON' }, origin };
}

/** The lines that the child prints; undefined for one that is too long. */
async function* parquetLines(
  file: string,
  columns: Columns,
  limits = defaultLimits,
): AsyncGenerator<ParquetLine | undefined> {
  const { sizeBytes } = await fileState(file);
  const task = { file, ...columns, maxTextBytes, memoryBytes: limits.memoryBytes };
  const child = startChild(task, limits);
  const ended = once(child, 'close');
  const lines = new LineSplitter();
  let numBytes = 0;
  try {
    for await (const block of printed(child, 2_000 * limits.cpuSeconds)) {
      numBytes += block.length;
      checkGrowth(file, numBytes, sizeBytes);
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

function damaged(what: string, got: string): DamagedFileError {
  return new DamagedFileError({ what, must: 'be whole Parquet', got });
}
