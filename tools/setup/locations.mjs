import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupProblem } from './problem.mjs';

/** The folder of the package: the clone, or `node_modules/athanor`. */
export const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Where LibTorch and addons are kept for all clones of this user. A relative XDG_CACHE_HOME is
 * ignored, as the XDG base directory specification asks.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cachePath(env = process.env) {
  const base = env.XDG_CACHE_HOME;
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'athanor');
}

/**
 * Makes the cache folder and closes it to other users: whoever can write there can run code as
 * this user, because the addon is loaded from it.
 * @param {string} path
 * @throws {SetupProblem} when it cannot be made, or belongs to another user.
 */
export function openCache(path) {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(path);
    if (process.getuid && uid !== process.getuid()) {
      throw new Error(`a folder of user number ${uid}`);
    }
    if ((mode & 0o777) !== 0o700) chmodSync(path, 0o700);
  } catch (error) {
    throw new SetupProblem({
      what: `the cache folder ${path}`,
      must: 'belong to you and be writable',
      got: error instanceof Error ? error.message : String(error),
      hint: 'choose another place: XDG_CACHE_HOME=/path/you/own npm run setup',
    });
  }
}
