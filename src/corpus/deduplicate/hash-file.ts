import { closeSync, openSync, readSync } from 'node:fs';
import { FileError } from '../../base/index.ts';

/**
 * Calls back with the two halves of each 64-bit hash of files.
 *
 * @throws FileError when a file ends inside a hash.
 */
export function readHashes(
  files: readonly string[],
  visit: (high: number, low: number) => void,
): void {
  const block = Buffer.alloc(2 ** 20);
  for (const path of files) {
    const descriptor = openSync(path, 'r');
    try {
      let held = 0;
      for (;;) {
        const read = readSync(descriptor, block, held, block.length - held, null);
        if (read === 0) break;
        const whole = (held + read) & ~7;
        for (let at = 0; at < whole; at += 8) {
          visit(block.readUInt32BE(at), block.readUInt32BE(at + 4));
        }
        held = held + read - whole;
        block.copyWithin(0, whole, whole + held);
      }
      if (held > 0) {
        throw new FileError({ what: path, must: 'hold hashes of 8 bytes', got: `${held} more` });
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
