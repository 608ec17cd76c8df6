import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './fingerprint.mjs';
import { SetupProblem } from './problem.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Installs the packages of package-lock.json when node_modules is not exactly that.
 * @param {object} job
 * @param {string} job.root
 * @param {NodeJS.ProcessEnv} job.env
 * @param {(text: string) => void} job.progress
 * @returns {Promise<import('./reporter.mjs').Outcome>}
 * @throws {SetupProblem}
 */
export async function ensureDependencies({ root, env, progress }) {
  // A published package has no lock file; npm installed its dependencies already.
  const lock = readJson(join(root, 'package-lock.json'));
  if (lock === undefined) return { changed: false, text: 'installed by npm' };
  if (areInstalled(root, lock)) return { changed: false, text: 'up to date' };
  progress('npm ci');
  const [command, prefix] = npmCommand(env);
  const args = [...prefix, 'ci', '--no-audit', '--no-fund'];
  const { ok, stderr } = await runCommand(command, args, { cwd: root, env });
  if (!ok) throw failedInstall(stderr);
  const numPackages = Object.keys(packagesOf(readHiddenLock(root))).length;
  return { changed: true, text: `${numPackages} packages installed` };
}

/**
 * Compares with the lock file that npm writes into node_modules at the very end of an installation,
 * so one that was cut short does not pass.
 * @param {string} root
 * @param {Record<string, unknown>} lock
 */
export function areInstalled(root, lock) {
  const wanted = packagesOf(lock);
  const present = packagesOf(readHiddenLock(root));
  const numStrange = Object.entries(present).filter(
    ([path, found]) => !isSame(wanted[path], found) || !existsSync(join(root, path)),
  ).length;
  const numMissing = Object.entries(wanted).filter(
    ([path, { optional, devOptional }]) =>
      path !== '' && !(path in present) && !optional && !devOptional,
  ).length;
  return numStrange + numMissing === 0;
}

/** @param {string} root */
function readHiddenLock(root) {
  return readJson(join(root, 'node_modules', '.package-lock.json'));
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry */

/**
 * @param {Record<string, unknown> | undefined} lock
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(lock) {
  return /** @type {Record<string, LockEntry>} */ (lock?.packages ?? {});
}

/**
 * @param {LockEntry | undefined} a
 * @param {LockEntry} b
 */
function isSame(a, b) {
  return a !== undefined && a.version === b.version && a.integrity === b.integrity;
}

/**
 * npm as it was started, when npm started us; else the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string[]]}
 */
function npmCommand({ npm_execpath: script }) {
  return script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
}

/** @param {string} stderr */
function failedInstall(stderr) {
  const lines = stderr.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  const reasons = lines.map((line) => line.replace(/^npm (error|ERR!)\s*/, '')).filter(Boolean);
  return new SetupProblem({
    what: 'npm ci',
    must: 'install the packages of package-lock.json',
    got: reasons.slice(0, 4).join('\n    ') || stderr.trim().slice(-300) || 'no message',
    hint: 'check the network and the registry of your npm (npm ping), then type npm run setup again',
  });
}
