/** What one line of JSON lines must be, so that nothing behind it meets a surprise. */
import { isUtf8 } from 'node:buffer';
import { outlineOf } from './json-outline.ts';

/** Why a line is left out. */
export type LineRejection =
  | 'line too long'
  | 'not UTF-8'
  | 'not JSON'
  | 'nested too deeply'
  | 'not an object'
  | 'the same field twice'
  | 'half a surrogate pair';

/** An object as `JSON.parse` makes it: ask `Object.hasOwn` before a field is read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper values overflow the stack of whoever walks or writes them. */
const maxDepth = 64;

/**
 * Parses one line, for which a byte order mark in front and a carriage return behind are nothing.
 * Nothing is ever replaced: what is not UTF-8, and strings with half a surrogate pair (`"\ud800"`),
 * which UTF-8 cannot hold, are rejected. Whole numbers beyond 2^53 are rounded, as JavaScript does.
 *
 * @param line `undefined` for one that was too long
 * @returns undefined for a blank line
 */
export function parseJsonLine(
  line: Buffer | undefined,
): { value: JsonObject } | { rejected: LineRejection } | undefined {
  const parsed = parseLineAs('utf8', line);
  if (parsed === undefined || 'rejected' in parsed) return parsed;
  return isWellFormed(parsed.value) ? parsed : { rejected: 'half a surrogate pair' };
}

/**
 * Parses one line, yet without looking for half a surrogate pair.
 *
 * @param encoding `latin1` gives strings whose characters are the bytes of UTF-8.
 */
export function parseLineAs(
  encoding: 'utf8' | 'latin1',
  line: Buffer | undefined,
): { value: JsonObject } | { rejected: LineRejection } | undefined {
  if (line === undefined) return { rejected: 'line too long' };
  if (line.every(isBlank)) return undefined;
  if (!isUtf8(line)) return { rejected: 'not UTF-8' };
  const bytes = hasByteOrderMark(line) ? line.subarray(3) : line;
  const latin1 = bytes.toString('latin1');
  const { depth, numFields } = outlineOf(latin1, maxDepth);
  if (depth > maxDepth) return { rejected: 'nested too deeply' };
  let value: unknown;
  try {
    value = JSON.parse(encoding === 'latin1' ? latin1 : bytes.toString('utf8'));
  } catch {
    return { rejected: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { rejected: 'not an object' };
  }
  // `JSON.parse` would keep the last of them, other programs keep the first.
  if (Object.keys(value).length !== numFields) return { rejected: 'the same field twice' };
  return { value: value as JsonObject };
}

function hasByteOrderMark(line: Uint8Array): boolean {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
}

function isBlank(byte: number): boolean {
  return byte <= 0x20;
}

/** Whether no string of a value, names of fields included, has half a surrogate pair. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, field]) => key.isWellFormed() && isWellFormed(field));
}
