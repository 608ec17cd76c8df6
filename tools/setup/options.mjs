import { availableParallelism, freemem } from 'node:os';
import { parseArgs } from 'node:util';
import { messageOf, UsageProblem } from './problem.mjs';

export const usage = `Usage: npm run setup [-- options]     (or: athanor setup [options])

Makes a clone ready: installs the packages, finds or fetches LibTorch, compiles the addon
and the TypeScript. What is ready already is skipped.

Options:
  --cuda      use a CUDA build of LibTorch, fetch it (about 3 GB) if there is none
  --jobs N    compile N files at once (default: one per processor that memory allows)
  --quiet     print only what is done, not what is ready
  --json      print one JSON event per line on stdout
  --help      print this

LibTorch is taken from ATHANOR_LIBTORCH (a libtorch folder or a torch package), from the torch of
the Python on PATH, from the cache, or fetched with pip.
`;

/** What one compiler of LibTorch's headers needs. */
const bytesPerJob = 1.5 * 2 ** 30;

/**
 * @param {string[]} args
 * @throws {UsageProblem} for an option that does not exist or a number that is none.
 */
export function parseOptions(args) {
  const { cuda, quiet, json, help, jobs } = parse(args);
  const numJobs = jobs === undefined ? defaultJobs() : Number(jobs);
  if (!Number.isInteger(numJobs) || numJobs < 1 || numJobs > 1024) {
    const must = 'be a whole number from 1 to 1024';
    throw new UsageProblem({ what: '--jobs', must, got: String(jobs), hint: '--jobs 2' });
  }
  return { cuda, quiet, json, help, numJobs };
}

/** @param {string[]} args */
function parse(args) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    const options = { cuda: flag, quiet: flag, json: flag, help: flag };
    return parseArgs({ args, options: { ...options, jobs: { type: 'string' } } }).values;
  } catch (error) {
    throw new UsageProblem({
      what: 'the options of setup',
      must: 'be those that --help lists',
      got: messageOf(error),
      hint: 'npm run setup -- --help',
    });
  }
}

function defaultJobs() {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / bytesPerJob)));
}
