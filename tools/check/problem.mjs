// What a check reports, and how that reads.

/**
 * @typedef {object} Problem
 * @property {string} file relative to the repository
 * @property {number} [line] counted from 1; left out when the whole file is meant
 * @property {string} what
 * @property {string} [hint] an action that mends it
 *
 * @typedef {object} Check what every module of a check exports
 * @property {string} name
 * @property {(root: string) => Problem[] | Promise<Problem[]>} run looks at the repository at `root`
 */

/**
 * @param {Problem} problem
 * @returns {string} `file:line what`, and the hint in a line of its own
 */
export function formatProblem({ file, line, what, hint }) {
  const place = line === undefined ? file : `${file}:${line}`;
  return hint === undefined ? `  ${place} ${what}` : `  ${place} ${what}\n    hint: ${hint}`;
}
