/** The shape of a line of JSON, found without building anything of it. */
export interface Outline {
  /** How deep its values are nested; counting stops behind the limit. */
  depth: number;
  /** Fields of its outermost object, equal names counted each time. */
  numFields: number;
}

/**
 * Counts brackets and colons outside of strings, for `JSON.parse` takes a hundred bytes for each
 * bracket, and keeps one of several fields of a name. Of what is not JSON it says something or other.
 *
 * @param json with one character for each byte, which are searched fastest
 */
export function outlineOf(json: string, maxDepth: number): Outline {
  let [depth, deepest, numFields] = [0, 0, 0];
  for (let at = 0; at < json.length && deepest <= maxDepth; at++) {
    const character = json.charCodeAt(at);
    if (character === quote) at = endOfString(json, at);
    else if (character === openBrace || character === openBracket) {
      deepest = Math.max(deepest, ++depth);
    } else if (character === closeBrace || character === closeBracket) depth--;
    else if (character === colon && depth === 1) numFields++;
  }
  return { depth: deepest, numFields };
}

/** The place of the quote that ends a string: the first that an even number of backslashes precedes. */
function endOfString(json: string, start: number): number {
  let searched = start + 1;
  for (;;) {
    const end = json.indexOf('"', searched);
    if (end < 0) return json.length;
    let numBackslashes = 0;
    while (json.charCodeAt(end - 1 - numBackslashes) === backslash) numBackslashes++;
    if (numBackslashes % 2 === 0) return end;
    searched = end + 1;
  }
}

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
