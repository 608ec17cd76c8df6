import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Builds the addon by calling the compiler, for machines without CMake. An object file is made
 * again when its source, any header of ours, or an option changed.
 * @param {object} job
 * @param {string} job.buildFolder
 * @param {import('./build-plan.mjs').BuildPlan} job.plan
 * @param {string} job.compiler
 * @param {number} job.numJobs
 * @param {(text: string) => void} job.progress
 * @returns {Promise<{ addon: string, ok: boolean, log: string }>}
 */
export async function compileDirectly({ buildFolder, plan, compiler, numJobs, progress }) {
  mkdirSync(buildFolder, { recursive: true });
  const addon = join(buildFolder, 'athanor.node');
  const waiting = plan.sources.map((source, index) => ({
    source,
    object: join(buildFolder, `${index}-${basename(source)}.o`),
  }));
  const objects = waiting.map(({ object }) => object);
  let log = '';
  let ok = true;
  const work = async () => {
    for (let next = waiting.shift(); ok && next !== undefined; next = waiting.shift()) {
      progress(`compiling ${objects.length - waiting.length}/${objects.length}`);
      const result = await compileOne(compiler, plan, next);
      log += result.log;
      ok &&= result.ok;
    }
  };
  await Promise.all(Array.from({ length: numJobs }, work));
  if (!ok) return { addon, ok, log };
  const args = ['-shared', '-o', addon, ...objects, ...plan.linkOptions, ...plan.libraries];
  const linked = await runCommand(compiler, args);
  return { addon, ok: linked.ok, log: `${log}${linked.stdout}${linked.stderr}` };
}

/**
 * @param {string} compiler
 * @param {import('./build-plan.mjs').BuildPlan} plan
 * @param {{ source: string, object: string }} unit
 */
async function compileOne(compiler, plan, { source, object }) {
  const args = [
    ...plan.compileOptions,
    ...plan.definitions.map((definition) => `-D${definition}`),
    ...plan.includes.map((folder) => `-isystem${folder}`),
    ...['-c', source, '-o', object],
  ];
  const stamp = `${object}.stamp`;
  const hash = fingerprint([compiler, args], [source, ...plan.headers]);
  const isFresh = existsSync(object) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isFresh) return { ok: true, log: '' };
  const { ok, stdout, stderr } = await runCommand(compiler, args);
  if (ok) writeFileSync(stamp, hash);
  return { ok, log: `${compiler} ${args.join(' ')}\n${stdout}${stderr}` };
}
