/** Starts the process that is fuzzed, and tells what it was doing when it ended or stood still. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './fuzzer.ts';
import { readJournal } from './journal.ts';

export interface FuzzOptions {
  seed: number;
  numCalls: number;
  /** The first case; after a death the one behind it. */
  from?: number;
  /** Worker threads that make the calls instead of the main thread. */
  workers?: number;
  /** Another build of the addon, that of the sanitizers. */
  addon?: string;
  /** Makes the process kill itself before this call. */
  dieAt?: number;
  env?: NodeJS.ProcessEnv;
}

export interface Report {
  /** Of each thread that reached its end. */
  outcomes: Outcome[];
  /** Why the process ended early, with its last calls; undefined when it did not. */
  death?: string;
  /** Its messages, for reports of the sanitizers. */
  stderr: string;
}

/** A process that records no call for so long hangs. */
const standstillMs = 60_000;
const child = fileURLToPath(new URL('child.ts', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Fuzzes in a process of its own, because whatever is found there ends it. */
export async function fuzzInChild(options: FuzzOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-fuzz-'));
  try {
    const journal = join(folder, 'journal');
    const { stdout, stderr, how } = await watch(options, journal);
    if (how === undefined) return { outcomes: JSON.parse(stdout) as Outcome[], stderr };
    const rerun = `node --import tsx tests/fuzz/operators/child.ts ${optionsOf(options).join(' ')}`;
    const death = `${how}\n${rerun}\n${stderr.slice(-2000)}\n${lastCalls(folder)}`;
    return { outcomes: [], death, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Ended {
  stdout: string;
  stderr: string;
  how: string | undefined;
}

function watch(options: FuzzOptions, journal: string): Promise<Ended> {
  const args = ['--import', 'tsx', child, ...optionsOf(options), '--journal', journal];
  const started = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  started.stdout.on('data', (text) => {
    stdout += text;
  });
  // LibTorch's warnings are many; what a dying process says last is what matters.
  started.stderr.on('data', (text) => {
    stderr = (stderr + text).slice(-100_000);
  });
  let standsStill = false;
  const timer = setInterval(() => {
    if (Date.now() - lastChange(journal) < standstillMs) return;
    standsStill = true;
    started.kill('SIGKILL');
  }, 1000);
  return new Promise((resolve, reject) => {
    started.once('error', reject).once('close', (code, signal) => {
      clearInterval(timer);
      const ended = standsStill
        ? `no call for ${standstillMs} ms`
        : (signal ?? `exit code ${code}`);
      resolve({ stdout, stderr, how: code === 0 ? undefined : ended });
    });
  });
}

function optionsOf({ seed, numCalls, from, workers, addon, dieAt }: FuzzOptions): string[] {
  const values = { seed, calls: numCalls, from, workers, addon, 'die-at': dieAt };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
}

/** When any thread last recorded a call; now, as long as none has begun. */
function lastChange(journal: string): number {
  const changes = journals(join(journal, '..')).map((file) => statSync(file).mtimeMs);
  return changes.length === 0 ? Date.now() : Math.max(...changes);
}

function lastCalls(folder: string): string {
  return journals(folder)
    .map((file) => readJournal(file).join('\n').slice(-4000))
    .join('\n---\n');
}

function journals(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
