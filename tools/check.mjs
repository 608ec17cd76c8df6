// Runs every check of the repository: `node tools/check.mjs [--update-ratchet]`.

import path from 'node:path';
import { parseArgs } from 'node:util';
import * as bannedSyntax from './check/banned-syntax.mjs';
import * as bannedText from './check/banned-text.mjs';
import * as biome from './check/biome.mjs';
import * as codeBlocks from './check/code-blocks.mjs';
import * as dependencies from './check/dependencies.mjs';
import * as knip from './check/knip.mjs';
import * as layers from './check/layers.mjs';
import * as links from './check/links.mjs';
import * as names from './check/names.mjs';
import { formatProblem } from './check/problem.mjs';
import { lowerRatchet } from './check/ratchet.mjs';
import * as sizes from './check/sizes.mjs';
import * as translations from './check/translations.mjs';
import * as types from './check/types.mjs';

/** @type {readonly import('./check/problem.mjs').Check[]} */
const checks = [
  biome,
  types,
  layers,
  sizes,
  names,
  bannedSyntax,
  bannedText,
  links,
  codeBlocks,
  translations,
  dependencies,
  knip,
];

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 0 clean, 1 problems, 2 usage
 */
async function main(args) {
  const updateRatchet = readOptions(args);
  if (updateRatchet === undefined) {
    console.error('usage: node tools/check.mjs [--update-ratchet]');
    return 2;
  }
  const root = path.resolve(import.meta.dirname, '..');
  if (updateRatchet) lowerRatchet(root, sizes.findOversizes(root));
  let numProblems = 0;
  for (const check of checks) numProblems += await runCheck(check, root);
  console.log(numProblems === 0 ? 'no problems' : `${numProblems} problems`);
  return numProblems === 0 ? 0 : 1;
}

/**
 * @param {string[]} args
 * @returns {boolean | undefined} whether to turn the ratchet; undefined when the arguments make no sense
 */
function readOptions(args) {
  try {
    const options = {
      'update-ratchet': { type: /** @type {const} */ ('boolean'), default: false },
    };
    return parseArgs({ args, options }).values['update-ratchet'];
  } catch {
    return undefined;
  }
}

/**
 * @param {import('./check/problem.mjs').Check} check
 * @param {string} root
 * @returns {Promise<number>} how many problems it found
 */
async function runCheck({ name, run }, root) {
  const start = performance.now();
  const problems = await run(root);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const result = problems.length === 0 ? 'ok' : `${problems.length} problems`;
  console.log(`${name.padEnd(14)} ${seconds.padStart(6)} s  ${result}`);
  for (const problem of problems) console.log(formatProblem(problem));
  return problems.length;
}
