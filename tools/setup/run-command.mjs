import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} CommandResult
 * @property {boolean} ok The program ran and exited with 0.
 * @property {number | null} code Its exit code; null when a signal ended it or it did not start.
 * @property {string} stdout
 * @property {string} stderr
 * @property {boolean} timedOut
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {(line: string) => void} [onLine] Called for each line of stdout and stderr.
 */

/** Children that run now, so that a signal to set-up can end them too. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program without a shell and collects what it prints. Never throws: a program that cannot
 * be started gives `ok: false`, `code: null` and the reason in `stderr`.
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { cwd, env, timeoutMs, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let timedOut = false;
    const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
    const stdout = collect(child.stdout, onLine);
    const stderr = collect(child.stderr, onLine);
    child.on('error', (error) => finish(null, error.message));
    child.on('close', (code) => finish(code));

    function expire() {
      timedOut = true;
      child.kill('SIGKILL');
    }

    /** @param {number | null} code @param {string} [startError] */
    function finish(code, startError) {
      running.delete(child);
      clearTimeout(timer);
      const errorText = startError ?? stderr.text();
      resolve({ ok: code === 0, code, stdout: stdout.text(), stderr: errorText, timedOut });
    }
  });
}

/** Ends every child that still runs. */
export function killRunningCommands() {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * The path of an executable on PATH, or undefined.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findOnPath(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    if (isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {import('node:stream').Readable} stream
 * @param {((line: string) => void) | undefined} onLine
 */
function collect(stream, onLine) {
  /** @type {string[]} */
  const chunks = [];
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ chunk) => {
    chunks.push(chunk);
    if (onLine === undefined) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  return { text: () => chunks.join('') };
}
