/**
 * Makes a clone ready, and nothing when it is: packages, LibTorch, addon, generated operators,
 * compiled TypeScript. Runs on a fresh clone, so it imports nothing but Node's own modules and its
 * own files. Exit codes: 0 ready · 1 failure · 2 usage · 130 and 143 signals.
 */
import { join } from 'node:path';
import { ensureAddon } from './setup/addon.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureLibtorch } from './setup/libtorch.mjs';
import { cachePath, openCache, packageRoot } from './setup/locations.mjs';
import { withLock } from './setup/lock.mjs';
import { ensureOperators } from './setup/operators.mjs';
import { parseOptions, usage } from './setup/options.mjs';
import { asProblem, SetupProblem } from './setup/problem.mjs';
import { createReporter } from './setup/reporter.mjs';
import { killRunningCommands } from './setup/run-command.mjs';
import { requireSurroundings } from './setup/surroundings.mjs';
import { ensureCompiled } from './setup/typescript.mjs';

await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  let reporter = createReporter({ quiet: true, json: args.includes('--json') });
  try {
    const options = parseOptions(args);
    if (options.help) {
      process.stdout.write(usage);
      return;
    }
    reporter = createReporter(options);
    endOnSignals();
    requireSurroundings(packageRoot);
    const note = (/** @type {string} */ text) => reporter.note('setup', text);
    const lock = join(packageRoot, 'build', 'setup.lock');
    await withLock(lock, note, () => runSteps(options, reporter));
  } catch (error) {
    const problem = asProblem(error);
    reporter.failed(problem);
    process.exitCode = problem instanceof SetupProblem ? problem.exitCode : 1;
  }
}

/**
 * @param {ReturnType<typeof parseOptions>} options
 * @param {import('./setup/reporter.mjs').Reporter} reporter
 */
async function runSteps({ cuda, numJobs }, reporter) {
  const root = packageRoot;
  const { env } = process;
  await step('packages', reporter, (tell) => ensureDependencies({ root, env, ...tell }));
  const cache = cachePath();
  openCache(cache);
  const found = await step('libtorch', reporter, async (tell) => {
    const { libtorch, source, fetched } = await ensureLibtorch({ root, cache, cuda, env, ...tell });
    const text = fetched ?? `${libtorch.version} ${libtorch.variant}, ${libtorch.folder}`;
    return { libtorch, source, text, changed: fetched !== undefined };
  });
  const { hash } = await step('addon', reporter, (tell) => {
    const { libtorch, source } = found;
    return ensureAddon({ root, cache, libtorch, source, numJobs, ...tell });
  });
  await step('operators', reporter, (tell) => ensureOperators({ root, addonHash: hash, ...tell }));
  await step('typescript', reporter, (tell) => ensureCompiled({ root, ...tell }));
}

/** @typedef {import('./setup/reporter.mjs').Outcome} Outcome */
/** @typedef {{ progress: (text: string) => void, note: (text: string) => void }} Tell */

/**
 * Runs one step and prints one line about it.
 * @template T
 * @param {string} name
 * @param {import('./setup/reporter.mjs').Reporter} reporter
 * @param {(tell: Tell) => Promise<T & Outcome>} work
 * @returns {Promise<T>}
 */
async function step(name, reporter, work) {
  const startMs = performance.now();
  const outcome = await work({
    progress: (text) => reporter.progress(name, text),
    note: (text) => reporter.note(name, text),
  });
  const { text, changed } = outcome;
  reporter.done(name, { text, changed }, (performance.now() - startMs) / 1000);
  return outcome;
}

/** A signal ends the programs that run for us; locks go with the process. */
function endOnSignals() {
  const codes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => {
      killRunningCommands();
      process.exit(code);
    });
  }
}
