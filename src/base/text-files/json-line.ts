/** What one line of JSON lines must be, so that nothing behind it meets a surprise. */

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

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses one line, for which a byte order mark in front and a carriage return behind are nothing.
 * Nothing is ever replaced: what is not UTF-8, and strings with half a surrogate pair (`"\ud800"`),
 * which UTF-8 cannot hold, are rejected. Whole numbers beyond 2^53 are rounded, as JavaScript does.
 *
 * @param line `undefined` for one that was too long
 * @returns undefined for a blank line
 */
export function parseJsonLine(
  line: Uint8Array | undefined,
): { value: JsonObject } | { rejected: LineRejection } | undefined {
  if (line === undefined) return { rejected: 'line too long' };
  if (isBlank(line)) return undefined;
  const { depth, numFields } = outlineOf(line);
  if (depth > maxDepth) return { rejected: 'nested too deeply' };
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(line));
  } catch (error) {
    return { rejected: error instanceof SyntaxError ? 'not JSON' : 'not UTF-8' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { rejected: 'not an object' };
  }
  // `JSON.parse` would keep the last of them, other programs keep the first.
  if (Object.keys(value).length !== numFields) return { rejected: 'the same field twice' };
  if (!isWellFormed(value)) return { rejected: 'half a surrogate pair' };
  return { value: value as JsonObject };
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte <= 0x20);
}

/**
 * How deep the values of a line of JSON are nested, and how many fields its outermost object has,
 * found without building anything: `JSON.parse` would take a hundred bytes for each bracket. Stops at
 * the first bracket that is too deep; of what is not JSON it says something or other.
 */
function outlineOf(line: Uint8Array): { depth: number; numFields: number } {
  let [depth, deepest, numFields] = [0, 0, 0];
  for (let at = 0; at < line.length && deepest <= maxDepth; at++) {
    const byte = line[at];
    if (byte === quote) at = endOfString(line, at);
    else if (byte === openBrace || byte === openBracket) deepest = Math.max(deepest, ++depth);
    else if (byte === closeBrace || byte === closeBracket) depth--;
    else if (byte === colon && depth === 1) numFields++;
  }
  return { depth: deepest, numFields };
}

function endOfString(line: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < line.length && line[at] !== quote; at++) if (line[at] === backslash) at++;
  return at;
}

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Whether no string of a value, names of fields included, has half a surrogate pair. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, field]) => key.isWellFormed() && isWellFormed(field));
}
