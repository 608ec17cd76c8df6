/** The documents of a shard, with what the search for duplicates says of each. */
import { join } from 'node:path';
import { FileError, readJsonLines } from '../../base/index.ts';
import type { Document } from '../document.ts';
import { cleanFiles } from './clean-output.ts';
import type { Duplicate } from './deduplicate-shards.ts';

/** Files of one shard. */
export interface JudgedShard {
  /** The folder of its documents. */
  documentsFolder: string;
  /** The file that names its duplicates. */
  duplicates: string;
}

export interface JudgedDocument {
  document: Document;
  /** Its place in the shard, from 0. */
  index: number;
  /** Missing where it survives. */
  duplicate: Duplicate | undefined;
}

/** In order. @throws FileError when a file is not what a step left */
export async function* judgedDocuments({
  documentsFolder,
  duplicates: path,
}: JudgedShard): AsyncGenerator<JudgedDocument> {
  const duplicates = duplicatesIn(path);
  let next = (await duplicates.next()).value;
  let index = 0;
  for await (const document of documentsIn(join(documentsFolder, cleanFiles.documents))) {
    const duplicate = next?.index === index ? next : undefined;
    if (duplicate !== undefined) next = (await duplicates.next()).value;
    yield { document, index: index++, duplicate };
  }
}

async function* documentsIn(path: string): AsyncGenerator<Document> {
  for await (const line of readJsonLines(path)) {
    if ('rejected' in line) {
      const got = `line ${line.line}: ${line.rejected}`;
      throw new FileError({ what: path, must: 'hold documents', got });
    }
    yield line.value as unknown as Document;
  }
}

async function* duplicatesIn(path: string): AsyncGenerator<Duplicate, undefined> {
  for await (const line of readJsonLines(path)) {
    if ('value' in line) yield line.value as unknown as Duplicate;
  }
  return undefined;
}
