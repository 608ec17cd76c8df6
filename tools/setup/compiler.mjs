import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHint } from './install-hints.mjs';
import { SetupProblem } from './problem.mjs';
import { findOnPath, runCommand } from './run-command.mjs';

/**
 * @typedef {object} Compiler
 * @property {string} path
 * @property {string} version The first line of `--version`.
 */

const candidates = ['c++', 'g++', 'clang++'];
const versioned = [
  'g++-14',
  'g++-13',
  'g++-12',
  'g++-11',
  'clang++-19',
  'clang++-18',
  'clang++-17',
];

/** Uses what LibTorch's headers and ours need of C++20 and its library. */
const probe = `
#include <concepts>
#include <span>
#include <string_view>
template <std::integral T> T first(std::span<const T> values) { return values[0]; }
int main() { int x[] = {0}; return first<int>(x) + static_cast<int>(std::string_view().size()); }
`;

/**
 * The first C++20 compiler on PATH.
 * @returns {Promise<Compiler>}
 * @throws {SetupProblem} when there is none, or none that is new enough.
 */
export async function findCompiler() {
  /** @type {string[]} */
  const refused = [];
  for (const name of [...candidates, ...versioned]) {
    const path = findOnPath(name);
    if (path === undefined) continue;
    const compiler = { path, version: await compilerVersion(path) };
    if (await compilesCpp20(path)) return compiler;
    refused.push(`${path} (${compiler.version})`);
  }
  throw new SetupProblem({
    what: 'a C++ compiler',
    must: 'be installed and understand C++20 (GCC 11, Clang 14 or newer)',
    got: refused.length === 0 ? 'none on PATH' : refused.join(', '),
    hint: installHint('compiler'),
  });
}

/**
 * Changes when the compiler does, without running it.
 * @param {string} path
 */
export function compilerIdentity(path) {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  return `${real} ${size} ${mtimeMs}`;
}

/** @param {string} path */
async function compilerVersion(path) {
  const { stdout } = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
  return stdout.split('\n')[0]?.trim() || 'unknown version';
}

/** @param {string} path */
async function compilesCpp20(path) {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-compiler-'));
  try {
    const source = join(folder, 'probe.cpp');
    writeFileSync(source, probe);
    const args = ['-std=c++20', '-fsyntax-only', source];
    return (await runCommand(path, args, { timeoutMs: 60_000 })).ok;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
