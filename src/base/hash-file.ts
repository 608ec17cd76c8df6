/** SHA-256 of files, read in blocks. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { asFileError } from './file-failure.ts';

/** The bytes of a file as they lie on the disk, in blocks of 1 MiB. @throws FileError */
export async function* rawBlocks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const block of createReadStream(path, { highWaterMark: 2 ** 20 })) yield block;
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

/** SHA-256, in hex, of files one after the other, and their size together. @throws FileError */
export async function hashFiles(
  paths: Iterable<string>,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const path of paths) {
    for await (const block of rawBlocks(path)) {
      hash.update(block);
      sizeBytes += block.length;
    }
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** SHA-256 of a file, in hex. @throws FileError */
export async function hashFile(path: string): Promise<string> {
  return (await hashFiles([path])).sha256;
}
