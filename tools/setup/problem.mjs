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

/**
 * Gives the known troubles of disks a message that says what to do.
 * @param {unknown} error
 */
export function asProblem(error) {
  const full = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
  const forbidden = ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '');
  if (!full && !forbidden) return error;
  return new SetupProblem({
    what: 'set-up',
    must: full ? 'have space on the disk' : 'be allowed to write',
    got: messageOf(error),
    hint: full
      ? 'free some space, or keep the cache elsewhere: XDG_CACHE_HOME=/path/with/space npm run setup'
      : 'give the clone and the cache to the user who runs set-up; npm run doctor names the cache',
  });
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll('\n', '\n        ');
}
