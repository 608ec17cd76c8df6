/** A run's newest checkpoint, for those who only read: the run may be at work meanwhile. */
import { existsSync } from 'node:fs';
import { FileError, NoUsableCheckpointError } from '../../base/index.ts';
import { listSteps, stepPath } from './folder-name.ts';
import { verifyCheckpoint } from './verify.ts';

/**
 * The folder of the newest checkpoint whose every byte is as its manifest says. Unlike a store, it
 * changes nothing: a damaged checkpoint stays where it is, and so does what a save has half written.
 *
 * @param folder that of the store, `checkpoints` in the folder of a stage
 * @param warn told of each damaged checkpoint that is newer. Default: standard error.
 * @throws FileError when there is no checkpoint; NoUsableCheckpointError when all are damaged.
 */
export function latestCheckpoint(
  folder: string,
  warn: (message: string) => void = (message) => console.error(message),
): string {
  const steps = existsSync(folder) ? listSteps(folder) : [];
  for (const step of steps) {
    const path = stepPath(folder, step);
    try {
      return verifyCheckpoint(path).path;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      warn(`checkpoint ${path} is damaged and left out: ${error.message}`);
    }
  }
  if (steps.length === 0) {
    throw new FileError({ what: folder, must: 'hold a checkpoint', got: 'none' });
  }
  throw new NoUsableCheckpointError({
    what: `a checkpoint in ${folder}`,
    must: 'be whole',
    got: `${steps.length} damaged`,
    hint: 'run the stage again: it goes on where it can',
  });
}
