/**
 * How GPT-2 and all `tokenizer.json` files after it write bytes as characters: printable ones as
 * themselves, the others, in order, from U+0100 on; so the space is Ġ (`bytes_to_unicode` of
 * `encoder.py`). The order of these characters is the order of the first 256 ids.
 */

/** The bytes in the order of their characters; `bytesInOrder[0]` is '!'. */
export function bytesInOrder(): number[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  return [...bytes.filter(isPrintable), ...bytes.filter((byte) => !isPrintable(byte))];
}

/** The character of each byte, by byte. */
export function charactersOfBytes(): string[] {
  const characters: string[] = [];
  let numShifted = 0;
  for (let byte = 0; byte < 256; byte++) {
    characters.push(String.fromCharCode(isPrintable(byte) ? byte : 0x100 + numShifted++));
  }
  return characters;
}

/** The bytes that a token of such a file stands for; undefined when a character is none of them. */
export function bytesOfCharacters(text: string): Uint8Array<ArrayBuffer> | undefined {
  const table = byteTable();
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = table[text.charCodeAt(i)] ?? -1;
    if (byte < 0) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

/** A token as such a file writes it. */
export function charactersOf(bytes: Uint8Array, characters: readonly string[]): string {
  let text = '';
  for (const byte of bytes) text += characters[byte];
  return text;
}

let cachedTable: Int16Array | undefined;

/** The byte by character code, -1 where there is none. */
function byteTable(): Int16Array {
  if (cachedTable === undefined) {
    cachedTable = new Int16Array(0x200).fill(-1);
    for (const [byte, character] of charactersOfBytes().entries()) {
      cachedTable[character.charCodeAt(0)] = byte;
    }
  }
  return cachedTable;
}

function isPrintable(byte: number): boolean {
  return (
    (byte >= 0x21 && byte <= 0x7e) ||
    (byte >= 0xa1 && byte <= 0xac) ||
    (byte >= 0xae && byte <= 0xff)
  );
}
