import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { currentAddon, readNativeRecord } from '../setup/addon.mjs';
import { whyAddonFails } from '../setup/addon-check.mjs';
import { formatBytes, freeBytes } from '../setup/disk-space.mjs';
import { fromCache, fromEnvironment, fromPython } from '../setup/libtorch.mjs';
import { inspectLibtorch } from '../setup/libtorch-folder.mjs';
import { findPip } from '../setup/pip.mjs';
import { messageOf, SetupProblem } from '../setup/problem.mjs';
import { isCompiled } from '../setup/typescript.mjs';

/** @typedef {import('./examine.mjs').Finding} Finding */
/** @typedef {import('./examine.mjs').Surroundings} Surroundings */
/** @typedef {import('../setup/libtorch.mjs').Found} Found */

/** A download of 190 MB, 480 MB unpacked, and some for the build. */
const neededBytes = 1e9;

/**
 * LibTorch, the addon, the compiled TypeScript, and room for them.
 * @param {Surroundings} surroundings
 * @returns {Promise<Finding[]>}
 */
export async function examineEngine(surroundings) {
  const { finding, found } = await examineLibtorch(surroundings);
  const addon = await examineAddon(surroundings, found);
  return [...finding, addon, examineCompiled(surroundings.root), examineDisk(surroundings, found)];
}

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<{ finding: Finding[], found: Found | undefined }>}
 */
async function examineLibtorch({ root, cache, env }) {
  /** @type {Finding[]} */
  const skipped = [];
  const note = (/** @type {string} */ text) => {
    skipped.push({ name: 'libtorch', status: 'note', text });
  };
  const name = 'libtorch';
  try {
    const job = { cache, env, cuda: false, note };
    const found =
      fromEnvironment(job) ?? (await fromPython(job)) ?? fromCache(job) ?? fromRecord(root);
    if (found !== undefined) return { finding: [...skipped, describe(found)], found };
    await findPip();
    const text = `none installed for Python and none in ${cache}; set-up fetches it with pip`;
    const mend = 'npm run setup';
    return { finding: [...skipped, { name, status: 'missing', text, mend, bySetup: true }], found };
  } catch (error) {
    const mend = error instanceof SetupProblem ? error.hint : undefined;
    const text = messageOf(error).split('\n')[0] ?? '';
    return {
      finding: [...skipped, { name, status: 'missing', text, ...(mend && { mend }) }],
      found: undefined,
    };
  }
}

/**
 * The one that the addon was built for, which ATHANOR_LIBTORCH named at that time.
 * @param {string} root
 * @returns {Found | undefined}
 */
function fromRecord(root) {
  const folder = readNativeRecord(root)?.libtorch;
  const libtorch = folder === undefined ? undefined : inspectLibtorch(folder);
  if (libtorch === undefined || 'unusable' in libtorch) return undefined;
  return { libtorch, source: 'the last set-up' };
}

/**
 * @param {Found} found
 * @returns {Finding}
 */
function describe({ libtorch, source }) {
  const { folder, version, variant, cxx11Abi } = libtorch;
  const text = `${version} ${variant}, C++11 ABI ${cxx11Abi}, ${folder}, from ${source}`;
  return { name: 'libtorch', status: 'found', text, details: { ...libtorch, source } };
}

/**
 * @param {Surroundings} surroundings
 * @param {Found | undefined} found
 * @returns {Promise<Finding>}
 */
async function examineAddon({ root, cache }, found) {
  const name = 'addon';
  const mend = 'npm run setup';
  const path = readNativeRecord(root)?.addon;
  if (path === undefined || !existsSync(path)) {
    return { name, status: 'missing', text: 'not built', mend, bySetup: true };
  }
  const details = { path };
  const reason = await whyAddonFails(path);
  if (reason !== undefined) {
    const remove = `rm -r ${dirname(path)} && npm run setup`;
    return { name, status: 'missing', text: `does not load: ${reason}`, mend: remove, details };
  }
  if (found !== undefined && (await isStale(root, cache, found, path))) {
    const text = 'loads, but native/, LibTorch or the compiler changed since it was built';
    return { name, status: 'note', text, mend, details };
  }
  return { name, status: 'found', text: `loads, ${path}`, details };
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {Found} found
 * @param {string} path
 */
async function isStale(root, cache, { libtorch }, path) {
  try {
    return (await currentAddon(root, cache, libtorch)).addon !== path;
  } catch {
    // Without a compiler or the header packages nothing newer could be built.
    return false;
  }
}

/**
 * @param {string} root
 * @returns {Finding}
 */
function examineCompiled(root) {
  const name = 'dist';
  const mend = 'npm run setup';
  if (isCompiled(root)) return { name, status: 'found', text: 'up to date' };
  if (!existsSync(join(root, 'dist'))) {
    return { name, status: 'missing', text: 'src/ is not compiled', mend, bySetup: true };
  }
  return { name, status: 'note', text: 'src/ changed since it was compiled', mend };
}

/**
 * @param {Surroundings} surroundings
 * @param {Found | undefined} found
 * @returns {Finding}
 */
function examineDisk({ cache }, found) {
  const free = freeBytes(cache);
  const details = { cache, freeBytes: free };
  const text = `${formatBytes(free)} free for the cache ${cache}`;
  if (found !== undefined || free >= neededBytes)
    return { name: 'disk', status: 'found', text, details };
  const mend = 'free some space, or: XDG_CACHE_HOME=/path/with/space npm run setup';
  return { name: 'disk', status: 'missing', text: `${text}; LibTorch takes 1 GB`, mend, details };
}
