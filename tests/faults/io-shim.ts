/** Runs programs whose file system fails at a chosen call: see README.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What goes wrong at the chosen call. */
export type FaultMode =
  /** Nothing: the calls are only counted. */
  | 'count'
  /** The process dies before the call, or after half of what it writes. */
  | 'kill'
  | 'half'
  /** The call fails, alone or with all calls after it. A failed sync loses what the file held. */
  | 'fail'
  | 'fail-from'
  /** A write takes only half of what it is given, as it may, and the call after it fails. */
  | 'short';

export interface FaultPlan {
  /** Absolute; only calls under it count. */
  folder: string;
  mode: FaultMode;
  /** The number of the chosen call, from 1. */
  at?: number;
  /** Counts only calls of this name: `fsync`. */
  call?: string;
  /** What a call that fails answers. */
  error?: 'ENOSPC' | 'EIO' | 'EDQUOT';
  /** A file that gets a line for each call. */
  log?: string;
  /** What the program is told when it asks for free space. */
  freeBytes?: number;
}

/** One call, as the log tells of it. */
export interface LoggedCall {
  number: number;
  name: string;
  path: string;
}

/** Only Linux loads a library before a program in this way. */
export const canInjectFaults = process.platform === 'linux';

/** Compiles the shim into a folder with the system's C compiler. @returns its path */
export function compileShim(folder: string): string {
  const source = fileURLToPath(new URL('io_shim.c', import.meta.url));
  const library = join(folder, 'io_shim.so');
  const options = ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library];
  execFileSync('cc', [...options, source, '-ldl'], { stdio: 'inherit' });
  return library;
}

/** The environment that makes a program and all that it starts run under the plan. */
export function faultEnvironment(library: string, plan: FaultPlan): Record<string, string> {
  const { folder, mode, at = 0, call = '', error = 'EIO', log, freeBytes } = plan;
  return {
    LD_PRELOAD: library,
    // Calls through io_uring would pass the C library by.
    UV_USE_IO_URING: '0',
    IO_SHIM_FOLDER: folder,
    IO_SHIM_MODE: mode,
    IO_SHIM_AT: String(at),
    IO_SHIM_CALL: call,
    IO_SHIM_ERRNO: String(constants.errno[error]),
    ...(log === undefined ? {} : { IO_SHIM_LOG: log }),
    ...(freeBytes === undefined ? {} : { IO_SHIM_FREE_BYTES: String(freeBytes) }),
  };
}

/** Reads a log. */
export function readCalls(log: string): LoggedCall[] {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [number = '', name = '', ...path] = line.split(' ');
    return { number: Number(number), name, path: path.join(' ') };
  });
}
