/** Where conversations come from: files, or a program that makes them. */

import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { asFileError, ConfigError, jsonLinesName } from '../../base/index.ts';
import { type Conversation, type ConversationFormat, readRow } from '../../chat/index.ts';
import type { Drop, Origin } from '../document.ts';
import { listFiles } from '../read/list-files.ts';
import { type RowReaderConfig, readRows } from '../read/read-rows.ts';

/** A conversation, a plain text, or why a record is neither; and where it stands. */
export type ConversationRecord = { readonly origin: Origin } & (
  | { readonly conversation: Conversation }
  | { readonly text: string }
  | { readonly rejected: Drop }
);

/** Conversations of one origin, which can be read again and again with the same result. */
export interface ConversationSource {
  readonly name: string;
  read(): AsyncIterable<ConversationRecord>;
}

export interface ConversationFiles {
  /** Files of JSON lines (also `.gz`, `.zst`) or of Parquet, or folders with such files. */
  readonly files: string | readonly string[];
  /** Default: what the fields of each row tell. */
  readonly format?: ConversationFormat | 'auto' | undefined;
  /** Default: the name of the first file. */
  readonly name?: string | undefined;
}

/** Conversations from files. @throws ConfigError for files of other formats, when they are read. */
export function conversationFiles({ files, format, name }: ConversationFiles): ConversationSource {
  const paths = typeof files === 'string' ? [files] : files;
  const source = name ?? basename(paths[0] ?? 'files');
  return {
    name: source,
    async *read() {
      for (const path of paths) {
        for (const config of readersOf(path)) yield* readAll(config, source, format);
      }
    },
  };
}

/**
 * Conversations that a program makes, as rows of any format.
 *
 * @param make makes the same ones each time
 */
export function generatedConversations(
  name: string,
  make: () => Iterable<object>,
): ConversationSource {
  return {
    name,
    async *read() {
      let record = 0;
      for (const row of make()) {
        yield* recordsOf(row as Fields, { source: name, file: name, record: ++record });
      }
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function* recordsOf(
  row: Fields,
  origin: Origin,
  format?: ConversationFormat | 'auto',
): Generator<ConversationRecord> {
  for (const content of readRow(row, format)) {
    if (!('rejected' in content)) yield { ...content, origin };
    else {
      const { rejected: reason, value } = content;
      yield { rejected: value === undefined ? { reason } : { reason, value }, origin };
    }
  }
}

/** All of a file or a folder, each file by the path that its user knows. */
async function* readAll(
  config: RowReaderConfig,
  source: string,
  format: ConversationFormat | 'auto' | undefined,
): AsyncGenerator<ConversationRecord> {
  const { files, rejected } = await listFiles(config, source);
  const isFile = statSync(config.path).isFile();
  const known = ({ file, ...origin }: Origin): Origin => {
    return { ...origin, file: isFile ? config.path : join(config.path, file) };
  };
  for (const one of rejected) yield { ...one, origin: known(one.origin) };
  for (const file of files) {
    for await (const row of readRows(file, config, source)) {
      const origin = known(row.origin);
      if ('rejected' in row) yield { rejected: row.rejected, origin };
      else yield* recordsOf(row.fields, origin, format);
    }
  }
}

/** A folder may hold files of both formats. */
function readersOf(path: string): RowReaderConfig[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
  if (isFolder || jsonLinesName.test(path)) {
    const lines = { format: 'json-lines', path } as const;
    return isFolder ? [lines, { format: 'parquet', path }] : [lines];
  }
  if (/\.parquet$/i.test(path)) return [{ format: 'parquet', path }];
  throw new ConfigError({
    what: path,
    must: 'be JSON lines (.jsonl, .ndjson; also .gz, .zst), Parquet, or a folder of such files',
    got: 'a file of another name',
    hint: 'write one JSON object a line: `jq -c ".[]" data.json > data.jsonl`',
  });
}
