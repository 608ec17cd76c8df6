/** The search for a checkpoint that can be used. */
import { readdirSync, renameSync } from 'node:fs';
import { FileError, NoUsableCheckpointError } from '../../base/index.ts';
import { corruptPath, isSetAside, stepPath } from './folder-name.ts';
import { type VerifiedCheckpoint, verifyCheckpoint } from './verify.ts';

/** The first of these steps whose checkpoint is whole. Damaged ones are set aside, with an alarm. */
export function firstWhole(
  root: string,
  steps: readonly number[],
  alarm: (message: string) => void,
): VerifiedCheckpoint | undefined {
  for (const step of steps) {
    const path = stepPath(root, step);
    try {
      return verifyCheckpoint(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      renameSync(path, corruptPath(path));
      alarm(`checkpoint ${path} is damaged and set aside as .corrupt: ${error.message}`);
    }
  }
  return undefined;
}

/** @throws NoUsableCheckpointError when checkpoints were set aside: a run must not silently start anew. */
export function refuseAllDamaged(root: string): void {
  const damaged = readdirSync(root).filter(isSetAside);
  if (damaged.length === 0) return;
  throw new NoUsableCheckpointError({
    what: `a checkpoint in ${root}`,
    must: 'be whole',
    got: `${damaged.length} damaged: ${damaged.join(', ')}`,
    hint: `to start from scratch, move ${root} away`,
  });
}
