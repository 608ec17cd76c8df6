import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DamagedFileError } from '../errors.ts';
import { checkGrowth } from './growth-limit.ts';

/** Unpacks gzip data of one or more members. @throws DamagedFileError */
export async function* gunzipBlocks(
  packed: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(copied(packed), { highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize: 2 ** 18 });
  source.on('error', (error) => gunzip.destroy(error));
  let numBytes = 0;
  try {
    for await (const block of source.pipe(gunzip)) {
      numBytes += (block as Uint8Array).length;
      checkGrowth(file, numBytes, gunzip.bytesWritten);
      yield block as Uint8Array;
    }
  } catch (cause) {
    if (!(cause as NodeJS.ErrnoException).code?.startsWith('Z_')) throw cause;
    const got = (cause as Error).message;
    throw new DamagedFileError({ what: file, must: 'be whole gzip data', got }, { cause });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** For streams, which read ahead. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}
