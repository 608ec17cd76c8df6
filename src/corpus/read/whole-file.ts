/** Files that are one document: text, HTML, source code. */
import { readBlocks } from '../../base/index.ts';
import type { RawDocument, ReadRecord } from '../document.ts';
import { decodeText } from '../extract/encoding/decode-text.ts';
import { spdxLine } from './code/licences.ts';
import { programmingLanguageOf } from './code/programming-languages.ts';
import { type FileOrigin, originOf } from './record.ts';

/** A book has a few MiB; what is larger is no document. */
const maxFileBytes = 64 * 2 ** 20;

/** Reads a file of text or Markdown, in whatever encoding. */
export async function* readTextFile(path: string, file: FileOrigin): AsyncGenerator<ReadRecord> {
  const text = await readDecoded(path);
  yield recordOf(file, typeof text === 'string' ? { kind: 'text', text } : text);
}

/** Reads a file of source code; a licence that it names itself comes before its folder's. */
export async function* readCodeFile(path: string, file: FileOrigin): AsyncGenerator<ReadRecord> {
  const text = await readDecoded(path);
  if (typeof text !== 'string') {
    yield recordOf(file, text);
    return;
  }
  const licence = spdxLine(text) ?? file.licence;
  const programmingLanguage = programmingLanguageOf(file.file) ?? 'unknown';
  const named = licence === undefined ? file : { ...file, licence };
  yield recordOf(named, { kind: 'code', text, programmingLanguage });
}

/** Reads a page; its encoding is found when it is extracted. */
export async function* readHtmlFile(path: string, file: FileOrigin): AsyncGenerator<ReadRecord> {
  const bytes = await readWhole(path);
  yield recordOf(file, bytes instanceof Uint8Array ? { kind: 'html', bytes } : bytes);
}

type Rejected = { readonly rejected: string; readonly limit?: number };

function recordOf(file: FileOrigin, content: RawDocument['content'] | Rejected): ReadRecord {
  const origin = originOf(file);
  if ('rejected' in content) {
    const { rejected: reason, limit } = content;
    return { rejected: limit === undefined ? { reason } : { reason, limit }, origin };
  }
  const isEmpty = content.kind === 'html' ? content.bytes.length === 0 : content.text.trim() === '';
  if (isEmpty) return { rejected: { reason: 'empty text' }, origin };
  const licence = file.licence === undefined ? {} : { licence: file.licence };
  return { document: { ...origin, ...licence, id: `${file.source}/${file.file}`, content } };
}

async function readDecoded(path: string): Promise<string | Rejected> {
  const bytes = await readWhole(path);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const decoded = decodeText(bytes);
  return decoded?.numReplaced === 0 ? decoded.text : { rejected: 'unknown encoding' };
}

async function readWhole(path: string): Promise<Uint8Array | Rejected> {
  const parts: Uint8Array[] = [];
  let numBytes = 0;
  for await (const block of readBlocks(path, { noFollow: true })) {
    numBytes += block.length;
    if (numBytes > maxFileBytes) return { rejected: 'file too long', limit: maxFileBytes };
    parts.push(Buffer.from(block));
  }
  return Buffer.concat(parts);
}
