// Runs a benchmark: `node tools/bench.mjs <name> [options]`, see `usage`.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const usage =
  'usage: npm run bench -- <benchmark> [--json | --profile] [--rounds N] [--only text] [--device cuda]';
const folder = new URL('../bench/', import.meta.url);

process.exitCode = main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {number} the exit code: 0 all targets reached, 1 not all or a failure, 2 usage
 */
function main(args) {
  const benchmarks = listBenchmarks();
  const [name, ...options] = args;
  if (name === '--help') {
    console.log(`${usage}\nbenchmarks: ${benchmarks.join(', ')}`);
    return 0;
  }
  if (name === undefined || !benchmarks.includes(name)) {
    console.error(
      `${usage}\nthe benchmark must be one of: ${benchmarks.join(', ')}; got ${name ?? 'none'}`,
    );
    return 2;
  }
  const program = fileURLToPath(new URL('../bench/harness/main.ts', import.meta.url));
  const nodeArgs = ['--conditions', 'source', '--import', 'tsx', program, name, ...options];
  const { status } = spawnSync(process.execPath, nodeArgs, {
    cwd: fileURLToPath(new URL('..', folder)),
    stdio: 'inherit',
  });
  return status ?? 1;
}

/** Every file of bench/ itself is a benchmark; what they share is in its folders. */
function listBenchmarks() {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}
