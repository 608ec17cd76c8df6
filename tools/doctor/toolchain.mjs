import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCompiler } from '../setup/compiler.mjs';
import { areInstalled } from '../setup/dependencies.mjs';
import { readJson } from '../setup/fingerprint.mjs';
import { installHint } from '../setup/install-hints.mjs';
import { findOnPath, runCommand } from '../setup/run-command.mjs';
import { isOlder, oldestNode } from '../setup/surroundings.mjs';

/** @typedef {import('./examine.mjs').Finding} Finding */

/**
 * Node, npm, the packages, the compiler and what may help it.
 * @param {import('./examine.mjs').Surroundings} surroundings
 * @returns {Promise<Finding[]>}
 */
export async function examineToolchain({ root }) {
  const [npm, compiler, cmake] = await Promise.all([
    examineNpm(),
    examineCompiler(),
    examineCmake(),
  ]);
  return [examineNode(root), npm, examinePackages(root, npm.status === 'found'), compiler, cmake];
}

/**
 * @param {string} root
 * @returns {Finding}
 */
function examineNode(root) {
  const { version, execPath } = process;
  const wanted = oldestNode(root);
  const details = { version: version.slice(1), path: execPath };
  if (!isOlder(version.slice(1), wanted)) {
    return { name: 'node', status: 'found', text: `${version}, ${execPath}`, details };
  }
  const mend = 'install it from nodejs.org, or with a version manager: nvm install 24';
  const text = `version ${wanted} or newer; this is ${version}`;
  return { name: 'node', status: 'missing', text, mend, details };
}

/** @returns {Promise<Finding>} */
async function examineNpm() {
  const { ok, stdout } = await runCommand('npm', ['--version'], { timeoutMs: 30_000 });
  const version = stdout.trim();
  if (ok) return { name: 'npm', status: 'found', text: version, details: { version } };
  const mend = 'install Node from nodejs.org, which brings npm';
  return {
    name: 'npm',
    status: 'note',
    text: 'not on PATH; set-up installs packages with it',
    mend,
  };
}

/**
 * @param {string} root
 * @param {boolean} hasNpm
 * @returns {Finding}
 */
function examinePackages(root, hasNpm) {
  const lock = readJson(join(root, 'package-lock.json'));
  if (lock === undefined || areInstalled(root, lock)) {
    return { name: 'packages', status: 'found', text: 'as in package-lock.json' };
  }
  const folder = join(root, 'node_modules');
  const text = existsSync(folder)
    ? 'node_modules is not as package-lock.json says'
    : 'node_modules';
  return { name: 'packages', status: 'missing', text, mend: 'npm run setup', bySetup: hasNpm };
}

/** @returns {Promise<Finding>} */
async function examineCompiler() {
  try {
    const { path, version } = await findCompiler();
    const text = `${version}, C++20, ${path}`;
    return { name: 'compiler', status: 'found', text, details: { path, version } };
  } catch {
    const mend = installHint('compiler');
    return { name: 'compiler', status: 'missing', text: 'a C++20 compiler on PATH', mend };
  }
}

/** @returns {Promise<Finding>} */
async function examineCmake() {
  const path = findOnPath('cmake');
  const builder = ['ninja', 'make'].find((name) => findOnPath(name) !== undefined);
  if (path === undefined || builder === undefined) {
    const text = `${path === undefined ? 'no CMake' : 'CMake, but no Ninja and no make'}; set-up calls the compiler itself`;
    return { name: 'cmake', status: 'note', text };
  }
  const { stdout } = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'unknown version';
  const details = { path, version, builder };
  return { name: 'cmake', status: 'found', text: `${version} with ${builder}`, details };
}
