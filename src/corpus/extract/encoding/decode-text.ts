import { isUtf8 } from 'node:buffer';
import { encodingOfContentType, encodingOfMeta } from './declared-encoding.ts';
import { decodeStrictly, guessEncoding } from './guess-encoding.ts';

/** A text and how it was read. */
export interface DecodedText {
  text: string;
  /** As `TextDecoder` calls it. */
  encoding: string;
  /** How many characters could not be decoded and became U+FFFD; of whole texts none. */
  numReplaced: number;
}

/** What is known about the bytes from elsewhere. */
export interface EncodingHints {
  contentType?: string | undefined;
  /** Whether the bytes are HTML, which may declare its encoding. */
  isHtml?: boolean;
}

/**
 * Finds the encoding of a text and decodes it. In this order: a byte order mark; UTF-8, which nothing
 * else looks like by chance; what HTTP and the page declare, if the bytes agree; UTF-8 with a few
 * broken places; statistics. One character that is cut at the end is left out.
 *
 * @returns undefined for what is no text in a known encoding
 */
export function decodeText(bytes: Uint8Array, hints: EncodingHints = {}): DecodedText | undefined {
  const decoded = decodeMarked(bytes) ?? decodeUtf8(bytes) ?? decodeOther(bytes, hints);
  return decoded === undefined || isBinary(decoded.text) ? undefined : decoded;
}

function decodeMarked(bytes: Uint8Array): DecodedText | undefined {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return decoded(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(bytes, 'utf-16be');
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeUtf8(bytes.subarray(3));
  return undefined;
}

function decodeUtf8(bytes: Uint8Array): DecodedText | undefined {
  const whole = bytes.subarray(0, bytes.length - numCutBytes(bytes));
  if (!isUtf8(whole)) return undefined;
  const buffer = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  const wide = wideEncoding(buffer);
  if (wide !== undefined) return decoded(bytes, wide);
  if (buffer.includes('\x1b$B') || buffer.includes('\x1b$@')) return decoded(bytes, 'iso-2022-jp');
  return { text: buffer.toString('utf8'), encoding: 'utf-8', numReplaced: 0 };
}

function decodeOther(bytes: Uint8Array, hints: EncodingHints): DecodedText | undefined {
  const declared =
    encodingOfContentType(hints.contentType) ??
    (hints.isHtml === true ? encodingOfMeta(bytes) : undefined);
  // Bytes of any kind can be read as one of these, so their word alone is not enough.
  const isSingleByte = declared !== undefined && /^(windows|iso-8859|koi8|mac)/.test(declared);
  if (declared !== undefined && !isSingleByte && !declared.startsWith('utf-')) {
    const found = decoded(bytes, declared);
    if (found !== undefined) return found;
  }
  const broken = decodeBrokenUtf8(bytes);
  if (broken !== undefined) return broken;
  const guessed = guessEncoding(bytes, declared) ?? (isSingleByte ? declared : undefined);
  return guessed === undefined ? undefined : decoded(bytes, guessed);
}

/** UTF-8 in which at most one character in ten beyond ASCII is broken. */
function decodeBrokenUtf8(bytes: Uint8Array): DecodedText | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const numReplaced = text.split('\ufffd').length - 1;
  const numOthers = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  return numReplaced * 9 <= numOthers ? { text, encoding: 'utf-8', numReplaced } : undefined;
}

function decoded(bytes: Uint8Array, encoding: string): DecodedText | undefined {
  const text = decodeStrictly(bytes, encoding);
  return text === undefined ? undefined : { text, encoding, numReplaced: 0 };
}

/** How many bytes at the end begin a character of UTF-8 that is not whole. */
function numCutBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** UTF-16 without a mark, whose ASCII has a zero in every second place. */
function wideEncoding(bytes: Buffer): string | undefined {
  if (bytes.length < 4 || !bytes.includes(0)) return undefined;
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 4096) & ~1;
  for (let at = 0; at < length; at++) {
    if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (odd * 2 > length * 0.5 && even * 10 < odd) return 'utf-16le';
  return even * 2 > length * 0.5 && odd * 10 < even ? 'utf-16be' : undefined;
}

/** Whether control characters show that it never was text. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 65_536);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const numControls = start.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return numControls * 100 > start.length;
}
