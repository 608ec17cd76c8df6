/**
 * Fuzzes the addon where mistakes with memory are seen, by hand and not in any test, for it takes
 * minutes to build and gigabytes to run. Linux with g++ or clang++ only.
 *
 *     node tools/sanitize.mjs [--calls 20000] [--workers 0] [--seed 1] [--guard]
 *
 * By default the addon is compiled with AddressSanitizer and UndefinedBehaviorSanitizer, which watch
 * our own code. With `--guard` it is compiled as usual, but each tensor ends at an untouchable page,
 * which finds kernels of LibTorch that leave their tensors. All calls and reports go to
 * build/sanitize/fuzz.log; the exit code is 0 when there is nothing to report.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readNativeRecord } from './setup/addon.mjs';
import { planBuild } from './setup/build-plan.mjs';
import { compileDirectly } from './setup/compile-directly.mjs';
import { findCompiler } from './setup/compiler.mjs';
import { inspectLibtorch } from './setup/libtorch-folder.mjs';
import { packageRoot } from './setup/locations.mjs';
import { runCommand } from './setup/run-command.mjs';

const folder = join(packageRoot, 'build', 'sanitize');
const sanitizers = ['-fsanitize=address,undefined', '-fno-omit-frame-pointer', '-g'];
const reports = /ERROR: AddressSanitizer.*|.*runtime error: .*/g;

process.exitCode = await main();

async function main() {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({
    options: {
      calls: { ...text, default: '20000' },
      workers: { ...text, default: '0' },
      seed: { ...text, default: '1' },
      guard: { type: 'boolean', default: false },
    },
  });
  const compiler = (await findCompiler()).path;
  const addon = await build(compiler, values.guard);
  const { calls, workers, seed } = values;
  const env = values.guard ? {} : await sanitizerEnvironment(compiler);
  const options = ['--addon', addon, '--calls', calls, '--workers', workers, '--seed', seed];
  return fuzz(options, env);
}

/**
 * @param {string} compiler
 * @param {boolean} guard
 * @returns {Promise<string>} the addon
 */
async function build(compiler, guard) {
  const libtorch = inspectLibtorch(readNativeRecord(packageRoot)?.libtorch ?? '');
  if ('unusable' in libtorch) throw new Error('npm run setup must have run before');
  const plan = planBuild(join(packageRoot, 'native'), libtorch);
  if (guard) {
    plan.sources = plan.sources.filter((source) => !source.endsWith('host_memory.cpp'));
    plan.sources.push(join(packageRoot, 'tests/fuzz/operators/guarded_memory.cpp'));
    plan.includes.push(join(packageRoot, 'native'));
  } else {
    plan.compileOptions.push(...sanitizers);
    plan.linkOptions.push('-fsanitize=address,undefined');
  }
  const buildFolder = join(folder, guard ? 'guard' : 'sanitizers');
  const progress = (/** @type {string} */ line) => console.error(line);
  const { ok, addon, log } = await compileDirectly({
    ...{ buildFolder, plan, compiler, numJobs: 2, progress },
  });
  if (!ok) throw new Error(log);
  return addon;
}

/**
 * Node itself is not built with the sanitizers, so their runtime must be there before it.
 * @param {string} compiler
 */
async function sanitizerEnvironment(compiler) {
  const paths = ['libasan.so', 'libubsan.so', 'libstdc++.so'].map(async (library) => {
    const { stdout } = await runCommand(compiler, [`-print-file-name=${library}`]);
    return stdout.trim();
  });
  return {
    LD_PRELOAD: (await Promise.all(paths)).join(':'),
    // Node and LibTorch leave much to the end of the process, which the leak check would report.
    ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1:handle_segv=1',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  };
}

/**
 * @param {string[]} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {number} the exit code
 */
function fuzz(options, env) {
  mkdirSync(folder, { recursive: true });
  const logPath = join(folder, 'fuzz.log');
  const log = openSync(logPath, 'w');
  const args = ['--import', 'tsx', 'tests/fuzz/operators/child.ts', ...options];
  const { status, signal, stdout } = spawnSync(process.execPath, args, {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', log],
    encoding: 'utf8',
  });
  closeSync(log);
  const found = readFileSync(logPath, 'utf8').match(reports) ?? [];
  console.log(stdout.trim());
  console.log(`ended with ${signal ?? `exit code ${status}`}, ${found.length} reports: ${logPath}`);
  for (const line of new Set(found)) console.log(line);
  return status === 0 && found.length === 0 ? 0 : 1;
}
