import { closeSync, fsync, openSync } from 'node:fs';
import { systemErrorCode } from '../../base/index.ts';

/**
 * Waits until the disk has a file, or the names in a folder. Several that wait at once wait hardly
 * longer than one, as a journal takes them together. Throws what the file system says.
 */
export async function synced(path: string): Promise<void> {
  const fd = openSync(path, 'r');
  try {
    await new Promise<void>((resolve, reject) => {
      fsync(fd, (error) => (error === null ? resolve() : reject(error)));
    });
  } catch (error) {
    // Some network file systems cannot sync a folder and say so; there is no more to be done there.
    if (systemErrorCode(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(fd);
  }
}
