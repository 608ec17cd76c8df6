import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, FileError } from '../../base/index.ts';

const maxDocumentBytes = 2 ** 20;

/** The content of a document of a model folder, and its path for messages. */
export function readJson(folder: string, name: string): [json: unknown, where: string] {
  const path = join(folder, name);
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > maxDocumentBytes) {
      const must = `have at most ${maxDocumentBytes} bytes`;
      throw new ConfigError({ what: path, must, got: String(size) });
    }
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new FileError({ what: path, must: 'be a readable file', got: code }, { cause });
  }
  try {
    return [JSON.parse(text), path];
  } catch (cause) {
    const got = (cause as Error).message;
    throw new ConfigError({ what: path, must: 'hold JSON', got }, { cause });
  }
}
