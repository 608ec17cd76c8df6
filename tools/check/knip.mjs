// Dead code: unused files, exports and dependencies, and dependencies that package.json does not name.

import { runCommand } from './run-command.mjs';

/**
 * @typedef {{ name: string, line?: number }} Found
 * @typedef {{ file: string } & Record<string, Found[] | string>} Issue one file in knip's report
 */

export const name = 'knip';

/**
 * @param {string} root
 * @returns {Promise<import('./problem.mjs').Problem[]>}
 */
export async function run(root) {
  // Generated sources are ignored by git, and use what nothing else does.
  const args = ['--reporter', 'json', '--no-progress', '--no-gitignore', '--exclude', 'binaries'];
  const { exitCode, stdout, stderr } = await runCommand(root, 'knip/bin/knip.js', args);
  const problems = stdout.startsWith('{') ? JSON.parse(stdout).issues.flatMap(toProblems) : [];
  if (exitCode !== 0 && problems.length === 0) {
    return [{ file: 'knip.json', what: `knip failed: ${stderr.trim()}` }];
  }
  return problems;
}

/**
 * @param {Issue} issue
 * @returns {import('./problem.mjs').Problem[]}
 */
function toProblems(issue) {
  return Object.entries(issue).flatMap(([kind, found]) => {
    if (!Array.isArray(found)) return [];
    return found.flat().map(({ name: foundName, line }) => ({
      file: issue.file,
      ...(line === undefined ? {} : { line }),
      what: kind === 'files' ? 'nothing imports this file' : `${kind}: ${foundName}`,
      hint: hints[kind] ?? 'see knip.json for what counts as an entry',
    }));
  });
}

/** @type {Record<string, string>} */
const hints = {
  files: 'delete it; a program that people start gets an entry in knip.json',
  exports: 'drop the word export, or the whole thing',
  types: 'drop the word export, or the whole type',
  dependencies: 'npm uninstall it',
  devDependencies: 'npm uninstall it',
  unlisted: 'npm install --save-exact it',
  unresolved: 'mend the path',
};
