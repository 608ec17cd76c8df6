import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fingerprint, readJson, writeJson } from './fingerprint.mjs';
import { SetupProblem } from './problem.mjs';
import { runCommand } from './run-command.mjs';

const configName = 'tsconfig.build.json';
const stampName = 'build/typescript.json';
/** Each lies in dist/ as it lies in the tree. */
const sourceFolders = ['src', 'samples', 'recipes'];

/**
 * Compiles the sources to dist/ when a source changed, and removes what no source makes any more.
 * @param {object} job
 * @param {string} job.root
 * @param {(text: string) => void} job.progress
 * @returns {Promise<import('./reporter.mjs').Outcome>}
 * @throws {SetupProblem} with the first errors of the compiler; dist/ stays as it was.
 */
export async function ensureCompiled({ root, progress }) {
  if (isCompiled(root)) return { changed: false, text: 'up to date' };
  const config = join(root, configName);
  const stampPath = join(root, stampName);
  const hash = sourceHash(root, config);
  progress('compiling sources');
  rmSync(stampPath, { force: true });
  const compiler = join(root, 'node_modules/typescript/lib/tsc.js');
  const args = [
    compiler,
    '-p',
    config,
    '--noEmitOnError',
    '--listEmittedFiles',
    '--pretty',
    'false',
  ];
  const { ok, stdout, stderr } = await runCommand(process.execPath, args, { cwd: root });
  if (!ok) throw failedCompiler(stdout + stderr);
  const lines = [...stdout.matchAll(/^TSFILE: (.*)$/gm)].map((match) => match[1] ?? '');
  const emitted = lines.map((path) => relative(root, resolve(root, path.trim()))).sort();
  const numStale = removeStale(root, emitted);
  writeJson(stampPath, { hash, emitted });
  const stale = numStale === 0 ? '' : `, ${numStale} stale files removed`;
  const numModules = emitted.filter((path) => path.endsWith('.js')).length;
  return { changed: true, text: `${numModules} modules compiled${stale}` };
}

/**
 * Whether dist/ is what the sources make. A published package has no sources to differ from.
 * @param {string} root
 */
export function isCompiled(root) {
  const config = join(root, configName);
  if (!existsSync(config)) return true;
  const stamp = readJson(join(root, stampName));
  return stamp?.hash === sourceHash(root, config) && isComplete(root, stamp.emitted);
}

/**
 * @param {string} root
 * @param {string} config
 */
function sourceHash(root, config) {
  const sources = sourceFolders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => !path.endsWith('.test.ts'));
  const compiler = join(root, 'node_modules/typescript/package.json');
  return fingerprint({}, [...sources.sort(), config, join(root, 'tsconfig.json'), compiler], root);
}

/**
 * @param {string} root
 * @param {unknown} emitted
 */
function isComplete(root, emitted) {
  return Array.isArray(emitted) && emitted.every((path) => existsSync(join(root, path)));
}

/**
 * @param {string} root
 * @param {string[]} emitted
 */
function removeStale(root, emitted) {
  const fresh = new Set(emitted);
  const stale = filesBelow(join(root, 'dist')).filter((path) => !fresh.has(relative(root, path)));
  for (const path of stale) rmSync(path);
  return stale.length;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} output */
function failedCompiler(output) {
  const errors = output.split('\n').filter((line) => line.includes('error TS'));
  const more = errors.length > 5 ? `\n    and ${errors.length - 5} more` : '';
  return new SetupProblem({
    what: 'the TypeScript sources',
    must: 'compile',
    got: `${errors.length} errors\n    ${errors.slice(0, 5).join('\n    ')}${more}`,
    hint: 'npx tsc -p tsconfig.build.json shows all of them',
  });
}
