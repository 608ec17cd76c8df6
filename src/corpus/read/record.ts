/** A record of a table or of JSON lines, made a document. */
import type { LineRange } from '../../base/index.ts';
import type { Drop, Origin, RawDocument, ReadRecord, RejectedRecord } from '../document.ts';
import type { ReaderConfig } from './reader-config.ts';

/** A record's fields, by the names of the file. */
export type Fields = Readonly<Record<string, unknown>>;

/** A record that is not made a document, or why it cannot be read. */
export type ReadRow = { readonly fields: Fields; readonly origin: Origin } | RejectedRecord;

/** What all records of a file share. */
export interface FileOrigin {
  readonly source: string;
  readonly file: string;
  readonly licence?: string;
}

/** A part of a file, for formats that can be read in parts. */
export interface RecordRange extends LineRange {
  /** Rows of a table: so many from `firstLine` on, all of them in the bytes of the range. */
  numLines?: number;
}

/** The place of a record of a file. */
export function originOf({ source, file }: FileOrigin, record?: number): Origin {
  return record === undefined ? { source, file } : { source, file, record };
}

/** A record as a document, or why it is none. Empty fields count as missing. */
export function documentOf(
  fields: Fields,
  file: FileOrigin,
  record: number,
  config: ReaderConfig,
): ReadRecord {
  const origin = originOf(file, record);
  const reject = (rejected: Drop): ReadRecord => ({ rejected, origin });
  const names = { ...config.fields, text: config.fields?.text ?? 'text' };
  const text = textOf(fields, names.text);
  if (typeof text !== 'string') return reject(text);
  const others = otherFields(fields, names);
  if (typeof others === 'string') {
    return reject({ reason: 'field of the wrong type', value: others });
  }
  const { id, url, licence = file.licence } = others;
  const content: RawDocument['content'] =
    config.content === 'html'
      ? { kind: 'html', bytes: Buffer.from(text), contentType: 'text/html; charset=utf-8' }
      : { kind: 'text', text };
  const document: RawDocument = {
    ...origin,
    id: `${file.source}/${id ?? `${file.file}:${record}`}`,
    ...(url !== undefined && { url }),
    ...(licence !== undefined && { licence }),
    content,
  };
  return { document };
}

function textOf(fields: Fields, name: string): string | Drop {
  const text = fieldOf(fields, name);
  if (text === undefined) return { reason: 'no text field', value: name };
  if (typeof text !== 'string') return { reason: 'text of the wrong type', value: typeof text };
  if (text.trim() === '') return { reason: 'empty text' };
  return text.isWellFormed() ? text : { reason: 'half a surrogate pair' };
}

type OtherFields = { id?: string; url?: string; licence?: string };

/** The fields beside the text, or the name of one that is neither a text nor a number. */
function otherFields(fields: Fields, names: ReaderConfig['fields']): OtherFields | string {
  const found: OtherFields = {};
  for (const key of ['id', 'url', 'licence'] as const) {
    const name = names?.[key];
    const value = name === undefined ? undefined : fieldOf(fields, name);
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number') return name ?? key;
    const text = String(value)
      .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
      .toWellFormed();
    found[key] = text.slice(0, 2048);
  }
  return found;
}

function fieldOf(fields: Fields, name: string): unknown {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value ?? undefined;
}
