// Formatter and linter.

import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} Diagnostic a part of biome's JSON format
 * @property {string} category
 * @property {string} message
 * @property {{ path: string, start: { line: number } }} location line 0 means the whole file
 */

export const name = 'biome';

/**
 * @param {string} root
 * @returns {Promise<import('./problem.mjs').Problem[]>}
 */
export async function run(root) {
  const args = ['check', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=warn'];
  const { exitCode, stdout, stderr } = await runCommand(root, '@biomejs/biome/bin/biome', args);
  const problems = stdout.startsWith('{') ? JSON.parse(stdout).diagnostics.map(toProblem) : [];
  if (exitCode !== 0 && problems.length === 0) {
    return [{ file: 'biome.json', what: `biome failed: ${stderr.trim()}` }];
  }
  return problems;
}

/**
 * @param {Diagnostic} diagnostic
 * @returns {import('./problem.mjs').Problem}
 */
function toProblem({ category, location, message }) {
  const file = location.path;
  const place = location.start.line === 0 ? { file } : { file, line: location.start.line };
  if (category.startsWith('lint/')) return { ...place, what: `${category}: ${message}` };
  return { ...place, what: `is not formatted (${category})`, hint: 'run npm run format' };
}
