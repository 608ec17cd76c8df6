/**
 * The errors that users see. Every one says what was wrong, what it must be, what was got,
 * and, where there is one, the action that mends it:
 *
 *     ConfigError: model.hiddenSize must be divisible by model.numHeads (12), got 770
 *       hint: the nearest valid values are 768 and 780
 *
 * A failure inside a batch (a bad document, a bad request) is a counted value, not one of these.
 */

/** The parts of an error message. */
export interface Problem {
  /** The thing that is wrong, as the user knows it: a field path, a file, an operator. */
  what: string;
  /** What it must be, as the words after "must". */
  must: string;
  /** What was found instead, already formatted. */
  got: string;
  /** An action that mends it. */
  hint?: string | undefined;
}

/** Exit codes of every command; the table of DESIGN §3 in one place. */
export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 2,
  stoppedByGuard: 70,
  savedRunAgain: 75,
  noUsableCheckpoint: 78,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The root of all errors that Athanor raises on purpose. */
export class AthanorError extends Error {
  override readonly name: string = 'AthanorError';
  /** The exit code of a command that ends with this error. */
  readonly exitCode: ExitCode = exitCodes.failure;
  /** The action that mends it, also part of the message. */
  readonly hint: string | undefined;

  constructor(problem: Problem | string, options?: ErrorOptions) {
    super(typeof problem === 'string' ? problem : formatProblem(problem), options);
    this.hint = typeof problem === 'string' ? undefined : problem.hint;
  }
}

/** A value in a recipe, an option or an argument of a function is wrong. */
export class ConfigError extends AthanorError {
  override readonly name = 'ConfigError';
  override readonly exitCode = exitCodes.usage;
}

/** A command line is wrong. */
export class UsageError extends AthanorError {
  override readonly name = 'UsageError';
  override readonly exitCode = exitCodes.usage;
}

/** A file is missing, damaged, hostile or cannot be written. */
export class FileError extends AthanorError {
  override readonly name = 'FileError';
}

/** The content of a file is damaged or hostile; the file itself can be read. */
export class DamagedFileError extends FileError {}

/** Training diverges again and again; starting it once more would end the same way. */
export class StoppedByGuardError extends AthanorError {
  override readonly name = 'StoppedByGuardError';
  override readonly exitCode = exitCodes.stoppedByGuard;
}

/** There are checkpoints, and every one is damaged: starting from scratch needs a human's word. */
export class NoUsableCheckpointError extends AthanorError {
  override readonly name = 'NoUsableCheckpointError';
  override readonly exitCode = exitCodes.noUsableCheckpoint;
}

/** A tensor operation was refused or failed; names operator, shapes, dtypes and devices. */
export class TensorError extends AthanorError {
  override readonly name = 'TensorError';
}

function formatProblem({ what, must, got, hint }: Problem): string {
  const sentence = `${what} must ${must}, got ${got}`;
  return hint === undefined ? sentence : `${sentence}\n  hint: ${hint}`;
}
