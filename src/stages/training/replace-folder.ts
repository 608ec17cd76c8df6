import { renameSync, rmSync } from 'node:fs';
import { asFileError } from '../../base/index.ts';

/**
 * Writes a folder anew, in the place of an earlier one; it appears when it is complete.
 * @throws FileError when the file system refuses.
 */
export function replaceFolder(folder: string, write: (draft: string) => void): void {
  const draft = `${folder}.unfinished`;
  try {
    rmSync(draft, { recursive: true, force: true });
    write(draft);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    throw asFileError(error, folder, 'write');
  }
}
