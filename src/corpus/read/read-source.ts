import type { ReadRecord } from '../document.ts';
import { listFiles } from './list-files.ts';
import { readFile } from './read-file.ts';
import type { ReaderConfig } from './reader-config.ts';

/**
 * All records of a source, file by file in the order of `listFiles`, the files that are refused first.
 *
 * @throws FileError as `listFiles` and `readFile`
 */
export async function* readSource(
  config: ReaderConfig,
  source: string,
): AsyncGenerator<ReadRecord> {
  const { files, rejected } = await listFiles(config, source);
  yield* rejected;
  for (const file of files) yield* readFile(file, config, source);
}
