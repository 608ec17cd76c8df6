/** Starts a program, kills it, starts it again, until it is done: see README.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../../src/base/index.ts';

export interface KillOptions {
  /** The program and its arguments, the same at every start. */
  command: readonly string[];
  cwd: string;
  /** Beside that of this process: faults to inject, as faults/io-shim.ts makes them. */
  env?: Readonly<Record<string, string>>;
  random: SeededRandom;
  /** Kills happen at random moments of this span after each start. */
  runLengthMs: number;
  numKills: number;
  /** Default: SIGKILL, to the whole process group. */
  signal?: NodeJS.Signals;
}

export type StartOptions = Pick<KillOptions, 'command' | 'cwd' | 'env' | 'signal'>;

/** One start of the program. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/**
 * Kills the program `numKills` times, then lets it end. Every fifth kill comes early, while the
 * program is still starting from what the one before has left.
 *
 * @returns how each start ended; the last one is the whole run, or the failure to be looked at
 */
export async function runKillRerun(options: KillOptions): Promise<Ending[]> {
  const { random, runLengthMs, numKills } = options;
  const endings: Ending[] = [];
  for (let kill = 1; kill <= numKills; kill++) {
    const span = kill % 5 === 0 ? runLengthMs / 5 : runLengthMs;
    endings.push(await runOnce(options, random.next() * span));
  }
  endings.push(await runOnce(options));
  return endings;
}

/** Runs of a program, each with outputs of its own. */
export interface KilledRunsOptions
  extends Omit<KillOptions, 'command' | 'env' | 'random' | 'signal'> {
  /** The program that writes under this name. */
  commandFor(name: string): readonly string[];
}

/**
 * As many runs as `numKills` takes, with five kills each at most; run `i` draws its moments from seed
 * `i`. Gives out the name of each run and how its last start ended.
 */
export async function* killedRuns({
  commandFor,
  numKills,
  ...options
}: KilledRunsOptions): AsyncGenerator<{ name: string; last: Ending | undefined }> {
  for (let run = 0; run * 5 < numKills; run++) {
    const name = `killed-${run}`;
    const random = new SeededRandom(run);
    const kills = { random, numKills: Math.min(5, numKills - 5 * run) };
    const endings = await runKillRerun({ ...options, ...kills, command: commandFor(name) });
    yield { name, last: endings.at(-1) };
  }
}

/** Starts the program once, and sends it the signal after a time, if one is given. */
export async function runOnce(
  { command, cwd, env = {}, signal = 'SIGKILL' }: StartOptions,
  afterMs?: number,
): Promise<Ending> {
  const [program = '', ...args] = command;
  const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  if (afterMs !== undefined) {
    await Promise.race([sleep(afterMs), ended]);
    killGroup(child.pid, signal);
  }
  const [code, how] = await ended;
  return { code, signal: how, output };
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
