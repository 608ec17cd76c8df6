/** Windows-1252, which Node's `TextDecoder` reads as Latin-1 in some versions. */

/** Its characters from 0x80 to 0x9f; the five that are missing stand for themselves, as browsers have it. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const byteOf = new Map(Array.from(upper, (character, i) => [character.charCodeAt(0), 0x80 + i]));

export function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (character) => upper[character.charCodeAt(0) - 0x80] ?? '');
}

/** The byte that was read as a character in Windows-1252 or Latin-1, if there is one. */
export function byteOfWindows1252(code: number): number | undefined {
  return code < 0x100 ? code : byteOf.get(code);
}
