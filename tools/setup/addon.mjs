import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath, buildAddon } from './build-addon.mjs';
import { nodeApiVersions, planBuild } from './build-plan.mjs';
import { compilerIdentity, findCompiler } from './compiler.mjs';
import { fingerprint, readJson, writeJson } from './fingerprint.mjs';
import { pythonsOnPath } from './installed-torch.mjs';

/**
 * What `build/native.json` holds; `src/tensor/native.ts` finds the addon by it.
 * @typedef {object} NativeRecord
 * @property {string} addon Full path of athanor.node.
 * @property {string} libtorch Full path of the folder with lib/ and include/.
 * @property {string} version Of LibTorch.
 * @property {'cpu' | 'cuda'} variant
 * @property {0 | 1} cxx11Abi
 * @property {string} source How LibTorch was found.
 * @property {string[]} pythons That were asked for it.
 * @property {string} compiler
 * @property {string} compilerPath
 * @property {string} compilerIdentity
 * @property {string} hash Of everything that went into the addon.
 */

/** @param {string} root */
export function readNativeRecord(root) {
  return /** @type {Partial<NativeRecord> | undefined} */ (readJson(nativeRecordPath(root)));
}

/** @param {string} root */
export function nativeRecordPath(root) {
  return join(root, 'build', 'native.json');
}

/**
 * Builds the addon when nothing of the same hash is in the cache, and records where it is.
 * @param {object} job
 * @param {string} job.root
 * @param {string} job.cache
 * @param {import('./libtorch-folder.mjs').Libtorch} job.libtorch
 * @param {string} job.source
 * @param {number} job.numJobs
 * @param {(text: string) => void} job.progress
 * @returns {Promise<import('./reporter.mjs').Outcome & { hash: string }>}
 */
export async function ensureAddon({ root, cache, libtorch, source, numJobs, progress }) {
  const { plan, compiler, hash, addon } = await currentAddon(root, cache, libtorch);
  const built = existsSync(addon)
    ? undefined
    : await buildAddon({ root, cache, libtorch, plan, compiler, hash, numJobs, progress });
  const record = {
    ...{ addon, libtorch: libtorch.folder, version: libtorch.version, variant: libtorch.variant },
    ...{ cxx11Abi: libtorch.cxx11Abi, source, pythons: pythonsOnPath() },
    ...{ compiler: compiler.version, compilerPath: compiler.path },
    ...{ compilerIdentity: compilerIdentity(compiler.path), hash },
  };
  const changed = JSON.stringify(readNativeRecord(root)) !== JSON.stringify(record);
  if (changed) writeJson(nativeRecordPath(root), record);
  return { hash, changed: built !== undefined, text: built ?? 'up to date' };
}

/**
 * The addon that belongs to the sources as they are now, whether it is built or not.
 * @param {string} root
 * @param {string} cache
 * @param {import('./libtorch-folder.mjs').Libtorch} libtorch
 */
export async function currentAddon(root, cache, libtorch) {
  const plan = planBuild(join(root, 'native'), libtorch);
  const compiler = await knownCompiler(root);
  const hash = addonHash(plan, libtorch, compiler.version, root);
  return { plan, compiler, hash, addon: addonPath(cache, hash) };
}

/**
 * The compiler of the last time while it is unchanged; looking for one anew takes half a second.
 * @param {string} root
 */
async function knownCompiler(root) {
  const { compiler, compilerPath, compilerIdentity: identity } = readNativeRecord(root) ?? {};
  if (compiler !== undefined && compilerPath !== undefined && existsSync(compilerPath)) {
    if (compilerIdentity(compilerPath) === identity)
      return { path: compilerPath, version: compiler };
  }
  return findCompiler();
}

/**
 * @param {import('./build-plan.mjs').BuildPlan} plan
 * @param {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @param {string} compilerVersion
 * @param {string} root
 */
function addonHash(plan, libtorch, compilerVersion, root) {
  const { sources, headers, includes, ...options } = plan;
  const machine = [process.platform, process.arch];
  const values = [machine, libtorch, options, compilerVersion, nodeApiVersions()];
  return fingerprint(values, [...sources, ...headers, join(root, 'native/CMakeLists.txt')], root);
}
