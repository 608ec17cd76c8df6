// Runs the tests: `node tools/test.mjs [--tier test|pr|slow] [paths…]`.

import { parseArgs } from 'node:util';
import { createVitest } from 'vitest/node';
import { ProgressDots } from './test/progress-dots.mjs';
import { formatCounts, formatSuites, isGreen, summarize } from './test/summary.mjs';

const tiers = ['test', 'pr', 'slow'];
const usage = `usage: node tools/test.mjs [--tier ${tiers.join('|')}] [paths…]`;

process.exitCode = await main(process.argv.slice(2));

/**
 * Runs the test files whose paths contain one of the arguments, or all of them.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 0 passed, 1 failed or nothing ran, 2 usage
 */
async function main(args) {
  const options = readOptions(args);
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  const vitest = await createVitest('test', {
    watch: false,
    provide: { tier: options.tier },
    // The larger tiers run for as long as their counts take, on a busy machine too.
    ...(options.tier !== 'test' && { testTimeout: 1_800_000 }),
    reporters: ['minimal', new ProgressDots()],
  });
  await startTests(vitest, options.paths);
  const summary = summarize(vitest.state.getTestModules(), vitest.state.getUnhandledErrors());
  await vitest.close();
  console.log(formatSuites(summary));
  console.log(formatCounts(summary));
  return isGreen(summary) ? 0 : 1;
}

/**
 * @param {string[]} args
 * @returns {{ tier: string, paths: string[] } | undefined} undefined when they make no sense
 */
function readOptions(args) {
  try {
    const options = { tier: { type: /** @type {const} */ ('string'), default: 'test' } };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return tiers.includes(values.tier) ? { tier: values.tier, paths: positionals } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Paths that match no test file are not an error here: vitest says so by itself, and the summary
 * then counts nothing, which fails.
 *
 * @param {import('vitest/node').Vitest} vitest
 * @param {string[]} paths
 */
async function startTests(vitest, paths) {
  try {
    await vitest.start(paths);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'VITEST_FILES_NOT_FOUND') throw error;
  }
}
