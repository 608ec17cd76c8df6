/** A folder that appears under its name only when it is complete. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigError, FileError, syncFolder } from '../../base/index.ts';

/** The folder is made beside its final name, because a rename does not cross file systems. */
export class UnfinishedFolder {
  /** Where to write for now. */
  readonly path: string;
  readonly #final: string;

  /**
   * Also removes what killed writers of the same folder left.
   *
   * @throws ConfigError when there already is something under the name, FileError when the file
   *   system refuses.
   */
  constructor(directory: string) {
    this.#final = resolve(directory);
    const parent = dirname(this.#final);
    const prefix = `.${basename(this.#final)}.tmp-`;
    this.path = join(parent, `${prefix}${process.pid}-${randomUUID()}`);
    try {
      refuseContent(this.#final);
      mkdirSync(parent, { recursive: true });
      for (const name of readdirSync(parent)) {
        if (isAbandoned(name, prefix)) rmSync(join(parent, name), { recursive: true });
      }
      mkdirSync(this.path);
    } catch (error) {
      throw asFileError(this.#final, error);
    }
  }

  /** Gives the folder its name, so that it lasts through a power cut. Its files must be synced. */
  finish(): void {
    try {
      syncFolder(this.path);
      // Takes the place of an empty folder, and of nothing else.
      renameSync(this.path, this.#final);
      syncFolder(dirname(this.#final));
    } catch (error) {
      throw asFileError(this.#final, error);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A refusal of the file system, in words; any other error as it is. */
export function asFileError(what: string, error: unknown): unknown {
  const { code, syscall, path = what } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) return error;
  const hint = code === 'ENOSPC' || code === 'EDQUOT' ? 'free space on this disk' : undefined;
  return new FileError(
    { what: path, must: 'be readable and writable', got: code, hint },
    { cause: error },
  );
}

function refuseContent(directory: string): void {
  const names = readNames(directory);
  if (names.length === 0) return;
  throw new ConfigError({
    what: directory,
    must: 'be a new or an empty folder',
    got: `a folder with ${names.slice(0, 3).join(', ')}`,
    hint: 'choose another name, or remove the folder first',
  });
}

function readNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether the process whose number is in the name is gone. */
function isAbandoned(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const pid = Number.parseInt(name.slice(prefix.length), 10);
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
