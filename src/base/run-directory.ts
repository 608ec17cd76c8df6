/** One execution of a stage and everything that it writes. */
import { join } from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';
import { asFileError } from './file-failure.ts';
import { makeFolder } from './make-folder.ts';
import { takeLock } from './process-lock.ts';

/**
 * Makes or enters the folder of a run, keeps every other process out until this one ends, and writes
 * the resolved recipe (`recipe.json`) before anything else happens.
 *
 * @param recipe the resolved values as JSON data; what an earlier execution wrote is replaced.
 * @throws FileError when another process is at work there, or the folder cannot be made.
 */
export function openRunDirectory(path: string, recipe: unknown): RunDirectory {
  try {
    makeFolder(path);
  } catch (error) {
    throw asFileError(error, path, 'write');
  }
  const release = takeLock(join(path, '.lock'));
  try {
    writeFileAtomic(join(path, 'recipe.json'), `${JSON.stringify(recipe, null, 2)}\n`);
  } catch (error) {
    release();
    throw error;
  }
  return new RunDirectory(path, release);
}

/** The locked folder of a run. */
export class RunDirectory implements Disposable {
  readonly path: string;
  readonly #release: () => void;

  constructor(path: string, release: () => void) {
    this.path = path;
    this.#release = release;
  }

  /** The path of something in it. */
  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Lets other processes in. The lock also ends with the process. */
  close(): void {
    this.#release();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
