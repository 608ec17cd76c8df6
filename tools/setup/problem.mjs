/**
 * The errors of set-up and doctor, in the form of `src/base/errors.ts`, which cannot be imported
 * here because it is TypeScript and nothing is compiled yet.
 */

/**
 * @typedef {object} ProblemParts
 * @property {string} what The thing that is wrong, as the user knows it.
 * @property {string} must What it must be, as the words after "must".
 * @property {string} got What was found instead.
 * @property {string} [hint] What to do or to type; may have several lines.
 */

/** Something in the user's surroundings stops the set-up. Exit code 1. */
export class SetupProblem extends Error {
  /** @override */
  name = 'SetupError';
  exitCode = 1;

  /**
   * @param {ProblemParts} parts
   * @param {ErrorOptions} [options]
   */
  constructor({ what, must, got, hint }, options) {
    const sentence = `${what} must ${must}, got ${got}`;
    super(hint === undefined ? sentence : `${sentence}\n  hint: ${indent(hint)}`, options);
    this.hint = hint;
  }
}

/** The command line is wrong. Exit code 2. */
export class UsageProblem extends SetupProblem {
  /** @override */
  name = 'UsageError';
  /** @override */
  exitCode = 2;
}

/**
 * The message of anything that was thrown.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The `code` of a system error, such as ENOENT.
 * @param {unknown} error
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll('\n', '\n        ');
}
