import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath, runCommand } from './run-command.mjs';

/**
 * Builds the addon with CMake in a folder that stays, so that a change of one file compiles one.
 * @param {object} job
 * @param {string} job.cmake
 * @param {string} job.nativeFolder
 * @param {string} job.buildFolder
 * @param {import('./build-plan.mjs').BuildPlan} job.plan
 * @param {string} job.compiler
 * @param {number} job.numJobs
 * @param {(text: string) => void} job.progress
 * @returns {Promise<{ addon: string, ok: boolean, log: string }>}
 */
export async function compileWithCmake(job) {
  const { cmake, buildFolder } = job;
  mkdirSync(buildFolder, { recursive: true });
  const configured = await runCommand(cmake, configureArguments(job));
  let log = configured.stdout + configured.stderr;
  const addon = join(buildFolder, 'athanor.node');
  if (!configured.ok) return { addon, ok: false, log };
  const onLine = (/** @type {string} */ line) => {
    const count = /^\[\s*(\d+(?:\/\d+|%))\]/.exec(line)?.[1];
    if (count !== undefined) job.progress(`compiling ${count}`);
  };
  const args = ['--build', buildFolder, '--parallel', String(job.numJobs)];
  const built = await runCommand(cmake, args, { onLine });
  log += built.stdout + built.stderr;
  return { addon, ok: built.ok, log };
}

/** @param {Parameters<typeof compileWithCmake>[0]} job */
function configureArguments({ nativeFolder, buildFolder, plan, compiler }) {
  const lists = {
    SOURCES: plan.sources,
    INCLUDES: plan.includes,
    DEFINITIONS: plan.definitions,
    COMPILE_OPTIONS: plan.compileOptions,
    LIBRARIES: plan.libraries,
    LINK_OPTIONS: plan.linkOptions,
  };
  return [
    ...['-S', nativeFolder, '-B', buildFolder],
    ...(findOnPath('ninja') === undefined ? [] : ['-G', 'Ninja']),
    `-DCMAKE_CXX_COMPILER=${compiler}`,
    '-DCMAKE_EXPORT_COMPILE_COMMANDS=ON',
    ...Object.entries(lists).map(([name, list]) => `-DATHANOR_${name}=${list.join(';')}`),
  ];
}
