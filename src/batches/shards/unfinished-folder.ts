/** A folder that appears under its name only when it is complete. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  asFileError,
  ConfigError,
  makeFolder,
  syncFolder,
  systemErrorCode,
  takeLock,
} from '../../base/index.ts';
import { synced } from './synced.ts';

/**
 * The folder is made beside its final name, because a rename does not cross file systems. A lock that
 * dies with its process keeps other writers of the same folder out, so what stands there when the
 * lock is taken was left by a killed one.
 */
export class UnfinishedFolder {
  /** Where to write for now. */
  readonly path: string;
  readonly #final: string;
  readonly #release: () => void;

  /**
   * @throws ConfigError when there already is something under the name; FileError when another
   *   process is writing it, or the file system refuses.
   */
  constructor(directory: string) {
    this.#final = resolve(directory);
    const parent = dirname(this.#final);
    const hidden = join(parent, `.${basename(this.#final)}`);
    this.path = `${hidden}.unfinished`;
    try {
      makeFolder(parent);
      this.#release = takeLock(`${hidden}.lock`);
    } catch (error) {
      throw asFileError(error, directory, 'write');
    }
    try {
      refuseContent(this.#final);
      rmSync(this.path, { recursive: true, force: true });
      mkdirSync(this.path);
    } catch (error) {
      this.#release();
      throw asFileError(error, directory, 'write');
    }
  }

  /**
   * Waits until the disk has the names in the folder. Ask for it beside other waiting: it is one wait.
   *
   * @throws FileError when the file system refuses.
   */
  async sync(): Promise<void> {
    try {
      await synced(this.path);
    } catch (error) {
      throw asFileError(error, this.#final, 'write');
    }
  }

  /**
   * Gives the folder its name, so that it lasts through a power cut. The folder and all that is in it
   * must be synced.
   *
   * @throws FileError when the file system refuses; then the folder must be removed.
   */
  finish(): void {
    try {
      // Takes the place of an empty folder, and of nothing else.
      renameSync(this.path, this.#final);
      syncFolder(dirname(this.#final));
    } catch (error) {
      throw asFileError(error, this.#final, 'write');
    }
    this.#release();
  }

  /** Removes what was written, when it cannot be finished. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
    this.#release();
  }
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
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
