import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { checkAddonLoads } from './addon-check.mjs';
import { compileDirectly } from './compile-directly.mjs';
import { compileFailure } from './compile-failure.mjs';
import { compileWithCmake } from './compile-with-cmake.mjs';
import { fingerprint } from './fingerprint.mjs';
import { startOf } from './process-identity.mjs';
import { findOnPath } from './run-command.mjs';

/**
 * @typedef {object} AddonJob
 * @property {string} root The package folder.
 * @property {string} cache
 * @property {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @property {import('./build-plan.mjs').BuildPlan} plan
 * @property {import('./compiler.mjs').Compiler} compiler
 * @property {string} hash Of everything that goes into the addon.
 * @property {number} numJobs
 * @property {(text: string) => void} progress
 */

/**
 * Where the addon of this hash is, or will be.
 * @param {string} cache
 * @param {string} hash
 */
export function addonPath(cache, hash) {
  return join(cache, 'addon', hash, 'athanor.node');
}

/**
 * Compiles the addon, proves that it loads and puts it into the cache.
 * @param {AddonJob} job
 * @returns {Promise<string>} What was done, for one line.
 * @throws {import('./problem.mjs').SetupProblem} with the first error lines of the compiler.
 */
export async function buildAddon(job) {
  const { root, cache, hash, plan, compiler } = job;
  const buildFolder = openBuildFolder(root, plan, compiler.path);
  const result = await compile({ ...job, compiler: compiler.path, buildFolder });
  const logPath = join(buildFolder, 'build.log');
  writeFileSync(logPath, result.log);
  if (!result.ok) throw compileFailure(result.log, logPath);
  await checkAddonLoads(result.addon);
  publish(result.addon, addonPath(cache, hash));
  const megabytes = statSync(result.addon).size / 2 ** 20;
  return `${plan.sources.length} files compiled, ${megabytes.toFixed(1)} MB`;
}

/**
 * The build folder of this configuration; those of others are removed.
 * @param {string} root
 * @param {import('./build-plan.mjs').BuildPlan} plan
 * @param {string} compiler
 */
function openBuildFolder(root, plan, compiler) {
  const { sources, headers, ...configuration } = plan;
  const name = fingerprint([configuration, compiler, findOnPath('cmake'), findOnPath('ninja')]);
  const parent = join(root, 'build', 'native');
  mkdirSync(parent, { recursive: true });
  for (const other of readdirSync(parent)) {
    if (other !== name) rmSync(join(parent, other), { recursive: true, force: true });
  }
  return join(parent, name);
}

/** @param {Omit<AddonJob, 'compiler'> & { compiler: string, buildFolder: string }} job */
function compile(job) {
  const cmake = findOnPath('cmake');
  const hasBuilder = ['ninja', 'make'].some((name) => findOnPath(name) !== undefined);
  if (cmake === undefined || !hasBuilder) return compileDirectly(job);
  return compileWithCmake({ ...job, cmake, nativeFolder: join(job.root, 'native') });
}

/**
 * Copies into the cache by a rename, so that another process sees all of the file or nothing.
 * @param {string} from
 * @param {string} to
 */
function publish(from, to) {
  const folder = dirname(to);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    // Left by a set-up that was killed at this very moment.
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && startOf(Number(pid)) === '') rmSync(join(folder, name));
  }
  const temporary = `${to}.${process.pid}.tmp`;
  writeFileSync(temporary, readFileSync(from), { mode: 0o755, flush: true });
  renameSync(temporary, to);
}
