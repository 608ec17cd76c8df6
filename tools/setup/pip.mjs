import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHint } from './install-hints.mjs';
import { SetupProblem } from './problem.mjs';
import { findOnPath, runCommand } from './run-command.mjs';

/**
 * A wheel that pip would install.
 * @typedef {object} Wheel
 * @property {string} name Of the package, such as "torch".
 * @property {string} version
 * @property {string} url https:, http: or file:
 * @property {string | undefined} sha256
 * @property {string[]} requires Lines of requirements.
 */

/**
 * @typedef {object} WheelQuery
 * @property {string} requirement Such as "torch==2.13.0".
 * @property {string} [python] Another Python version than pip's own, such as "3.12".
 * @property {string} [indexUrl] Another index than the user's own.
 * @property {boolean} [withDependencies]
 */

/** @typedef {{ command: string, prefix: string[] }} Pip */

/** pip reports these as warnings, and then, misleadingly, that no version matches. */
const networkFailure =
  /Name or service not known|(Temporary failure|nodename nor servname)[^']*|Network is unreachable|Connection refused|No route to host|ProxyError|SSLError|ConnectTimeoutError/;

/**
 * The first working pip of the Pythons on PATH.
 * @returns {Promise<Pip>}
 * @throws {SetupProblem} when there is none.
 */
export async function findPip() {
  for (const name of ['python3', 'python', 'pip3', 'pip']) {
    const command = findOnPath(name);
    if (command === undefined) continue;
    const pip = { command, prefix: name.startsWith('python') ? ['-m', 'pip'] : [] };
    if ((await runPip(pip, ['--version'], 60_000)).ok) return pip;
  }
  throw new SetupProblem({
    what: 'LibTorch',
    must: 'be installed, or be fetched with pip',
    got: 'no torch and no pip on PATH',
    hint: `${installHint('python')}\nor, when LibTorch is elsewhere: ATHANOR_LIBTORCH=/path/to/libtorch npm run setup`,
  });
}

/**
 * Asks pip what it would install, without installing or downloading it.
 * @param {Pip} pip
 * @param {WheelQuery} query
 * @returns {Promise<Wheel[] | { failure: string, isOffline: boolean }>}
 */
export async function askForWheels(pip, query) {
  const fixed = ['install', '--dry-run', '--ignore-installed', '--no-user', '--retries', '2'];
  fixed.push('--quiet', '--report', '-');
  const { ok, stdout, stderr, timedOut } = await withTemporaryFolder((folder) =>
    runPip(pip, [...fixed, '--target', folder, ...queryArguments(query)], 180_000),
  );
  if (timedOut) return { failure: 'no answer of pip within three minutes', isOffline: true };
  const offline = networkFailure.exec(stderr)?.[0];
  if (!ok && offline) return { failure: `no connection (${offline})`, isOffline: true };
  if (!ok) return { failure: lastErrors(stderr), isOffline: false };
  try {
    return JSON.parse(stdout.slice(stdout.indexOf('{'))).install.map(wheelOf);
  } catch {
    return { failure: 'an answer of pip without a report', isOffline: false };
  }
}

/**
 * Lets pip itself download the wheels, with all that the user's pip knows of proxies and passwords.
 * @param {Pip} pip
 * @param {WheelQuery} query
 * @param {string} folder
 * @returns {Promise<string | undefined>} Why it failed.
 */
export async function downloadWithPip(pip, query, folder) {
  const args = ['download', '--progress-bar', 'off', '--dest', folder, ...queryArguments(query)];
  const { ok, stderr } = await runPip(pip, args);
  return ok ? undefined : lastErrors(stderr);
}

/**
 * Runs in an empty folder: `python -m` looks for modules in the current one first.
 * @param {Pip} pip
 * @param {string[]} args
 * @param {number} [timeoutMs]
 */
function runPip(pip, args, timeoutMs) {
  const quiet = { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
  return withTemporaryFolder((cwd) =>
    runCommand(pip.command, [...pip.prefix, ...args], {
      cwd,
      env: quiet,
      ...(timeoutMs !== undefined && { timeoutMs }),
    }),
  );
}

/** @param {WheelQuery} query */
function queryArguments({ requirement, python, indexUrl, withDependencies }) {
  return [
    '--only-binary=:all:',
    ...(withDependencies ? [] : ['--no-deps']),
    ...(python === undefined ? [] : ['--python-version', python]),
    ...(indexUrl === undefined ? [] : ['--index-url', indexUrl]),
    requirement,
  ];
}

/**
 * @param {any} item One entry of pip's installation report, version 1.
 * @returns {Wheel}
 */
function wheelOf({ metadata, download_info: { url, archive_info } }) {
  return {
    name: metadata.name,
    version: metadata.version,
    url: url.split('#')[0],
    sha256: archive_info?.hashes?.sha256 ?? archive_info?.hash?.replace(/^sha256=/, ''),
    requires: metadata.requires_dist ?? [],
  };
}

/** @param {string} stderr */
function lastErrors(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('ERROR:') || line.includes('Error:'));
  return (errors.length > 0 ? errors : lines.filter(Boolean)).slice(-2).join(' ') || 'no message';
}

/**
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
async function withTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-pip-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
