/** JSON documents that hold a hash of themselves. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { asFileError, FileError } from '../../base/index.ts';
import { synced } from './synced.ts';

/**
 * Writes a document with a hash of itself as its last field, into a folder that has no name yet: so
 * half of it is never met. In the end it has reached the disk, and so have the names in its folder.
 *
 * @throws FileError when the file system refuses.
 */
export async function writeHashedJson(path: string, document: object): Promise<void> {
  const content = { ...document, sha256: hashOf(document) };
  try {
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
    await Promise.all([synced(path), synced(dirname(path))]);
  } catch (error) {
    throw asFileError(error, path, 'write');
  }
}

/**
 * @param must what the file is, for the message of an error
 * @throws FileError when there is none, or it is damaged.
 */
export function readHashedJson(path: string, must: string): object {
  const content = parse(path, must);
  if (typeof content !== 'object' || content === null || !('sha256' in content)) {
    throw damaged(path, 'no hash of itself');
  }
  const { sha256, ...document } = content;
  if (sha256 !== hashOf(document)) throw damaged(path, 'another hash');
  return document;
}

function parse(path: string, must: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(path, 'text that is not JSON');
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const hint = 'such a folder appears under its name only when it is complete: write it again';
    throw new FileError({ what: path, must, got, hint }, { cause });
  }
}

function hashOf(document: object): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex');
}

function damaged(path: string, got: string): FileError {
  const hint = 'the file was changed after it was written: write the folder again';
  return new FileError({ what: path, must: 'be as it was written', got, hint });
}
