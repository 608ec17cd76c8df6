/**
 * Repairs UTF-8 that somebody read as another encoding and wrote down again, as ftfy does (Speer,
 * 2019), but only where nothing else can be meant.
 */
import { isUtf8 } from 'node:buffer';
import { frequentCharacters } from './frequent-characters.data.ts';
import { byteOfWindows1252 } from './windows-1252.ts';

/** A stretch of text with its mojibake undone; the same text where there is none. */
export function repairMojibake(text: string): string {
  // Every character beyond ASCII becomes two or more of them: one alone was never UTF-8.
  if (!/[\u0080-\u00ff\u0152-\u02dc\u2013-\u2122]{2}|[\u4e00-\u9fff]{3}/.test(text)) return text;
  return repairWestern(text) ?? repairChinese(text) ?? text;
}

/** Undoes UTF-8 read as Latin-1 or Windows-1252: `å¤©` was `天`. */
function repairWestern(text: string): string | undefined {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    const byte = byteOfWindows1252(character);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  if (!isUtf8(bytes)) return undefined;
  const repaired = bytes.toString('utf8');
  return repaired === text ? undefined : repaired;
}

/**
 * Undoes UTF-8 read as GBK: `浣犲ソ` was `你好`. By chance a few characters of GBK are UTF-8 too, so
 * the repaired text must be made of frequent characters, and the other one must not.
 */
function repairChinese(text: string): string | undefined {
  // Most Chinese text is told by its beginning.
  if (frequentShare(text.slice(0, 200)) >= 0.1) return undefined;
  const byteOf = gbkBytes();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const pair = code < 0x80 ? undefined : byteOf.get(character);
    if (code >= 0x80 && pair === undefined) return undefined;
    if (pair === undefined) bytes.push(code);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  const packed = Buffer.from(bytes);
  if (!isUtf8(packed)) return undefined;
  const repaired = packed.toString('utf8');
  const [before, after] = [frequentShare(text), frequentShare(repaired)];
  return after >= 0.25 && before < 0.1 ? repaired : undefined;
}

const frequent = new Set(`${frequentCharacters.simplified}${frequentCharacters.traditional}`);

function frequentShare(text: string): number {
  const wide = text.match(/[\u3400-\u9fff]/g) ?? [];
  return wide.length === 0
    ? 0
    : wide.filter((character) => frequent.has(character)).length / wide.length;
}

let gbk: Map<string, number> | undefined;

/** The two bytes of each character of GBK, which Node can only decode; made when first needed. */
function gbkBytes(): ReadonlyMap<string, number> {
  if (gbk !== undefined) return gbk;
  gbk = new Map();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\ufffd') gbk.set(character, (high << 8) | low);
    }
  }
  return gbk;
}
