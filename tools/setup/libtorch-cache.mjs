import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chooseWheels } from './choose-wheels.mjs';
import { formatBytes } from './disk-space.mjs';
import { fetchWheel } from './fetch-wheel.mjs';
import { inspectLibtorch } from './libtorch-folder.mjs';
import { withLock } from './lock.mjs';
import { findPip } from './pip.mjs';
import { SetupProblem } from './problem.mjs';
import { unpackWheel } from './unpack-wheel.mjs';

/** @typedef {import('./libtorch-folder.mjs').Libtorch} Libtorch */

/**
 * The LibTorch of the user's cache, the newest that fits.
 * @param {string} cache
 * @param {'cpu' | 'cuda' | 'any'} variant
 * @returns {Libtorch | undefined}
 */
export function findCachedLibtorch(cache, variant) {
  const parent = join(cache, 'libtorch');
  if (!existsSync(parent)) return undefined;
  const names = readdirSync(parent).filter((name) => !name.startsWith('.'));
  for (const name of names.sort().reverse()) {
    const found = inspectLibtorch(join(parent, name, 'torch'));
    if (!('unusable' in found) && (variant === 'any' || found.variant === variant)) return found;
  }
  return undefined;
}

/**
 * Fetches LibTorch with pip into the cache. A second set-up waits and then uses what the first got.
 * @param {object} job
 * @param {string} job.cache
 * @param {'cpu' | 'cuda'} job.variant
 * @param {NodeJS.ProcessEnv} job.env
 * @param {(text: string) => void} job.progress
 * @param {(text: string) => void} job.note
 * @returns {Promise<{ libtorch: Libtorch, text: string }>}
 * @throws {SetupProblem}
 */
export function fetchLibtorch({ cache, variant, env, progress, note }) {
  return withLock(join(cache, 'libtorch.lock'), note, async () => {
    const ready = findCachedLibtorch(cache, variant);
    if (ready !== undefined) return { libtorch: ready, text: 'fetched by another set-up' };
    const pip = await findPip();
    const { wheels, query } = await chooseWheels(pip, variant, progress);
    const downloads = join(cache, 'downloads');
    const paths = [];
    for (const wheel of wheels) {
      paths.push(await fetchWheel({ wheel, pip, query, folder: downloads, env, progress }));
    }
    const result = await unpackAll(cache, `${wheels[0]?.version}-${variant}`, paths, progress);
    rmSync(downloads, { recursive: true, force: true });
    return result;
  });
}

/**
 * Unpacks into a folder with a temporary name and gives it its own name at the end, so that a
 * process which is killed leaves nothing that looks whole. Runs under the lock of the cache.
 * @param {string} cache
 * @param {string} name
 * @param {string[]} wheels
 * @param {(text: string) => void} progress
 */
async function unpackAll(cache, name, wheels, progress) {
  const parent = join(cache, 'libtorch');
  mkdirSync(parent, { recursive: true });
  for (const leftover of readdirSync(parent)) {
    if (leftover.startsWith('.')) rmSync(join(parent, leftover), { recursive: true, force: true });
  }
  const temporary = mkdtempSync(join(parent, '.unpacking-'));
  let bytes = 0;
  try {
    for (const wheel of wheels) {
      bytes += (await unpackWheel({ wheel, folder: temporary, isWanted, progress })).bytes;
    }
    requireUsable(join(temporary, 'torch'), wheels);
    const folder = join(parent, name);
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    const libtorch = requireUsable(join(folder, 'torch'), wheels);
    return {
      libtorch,
      text: `${libtorch.version} unpacked, ${formatBytes(bytes)}, ${libtorch.folder}`,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Libraries, headers and licences; none of the Python.
 * @param {string} name
 */
export function isWanted(name) {
  if (/^torch\/lib\/libtorch_python\./.test(name) || name.endsWith('.py'))
    return name === 'torch/version.py';
  return /^(torch\/(lib|include)\/|torch\.libs\/|nvidia\/|[^/]+\.dist-info\/(licenses\/)?(LICENSE|NOTICE))/.test(
    name,
  );
}

/**
 * @param {string} folder
 * @param {string[]} wheels
 */
function requireUsable(folder, wheels) {
  const libtorch = inspectLibtorch(folder);
  if (!('unusable' in libtorch)) return libtorch;
  throw new SetupProblem({
    what: `the wheel ${wheels[0]}`,
    must: 'hold LibTorch for this machine',
    got: libtorch.unusable,
    hint: 'name another one: ATHANOR_LIBTORCH=/path/to/libtorch npm run setup',
  });
}
