/** CRC-32C (Castagnoli, reflected polynomial 0x82f63b78), as in RFC 3720, appendix B.4. */
export function crc32c(data: Uint8Array): number {
  table ??= makeTable();
  let sum = 0xffffffff;
  for (const byte of data) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 255] as number);
  return ~sum >>> 0;
}

let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0x82f63b78 : 0);
    return sum >>> 0;
  });
}
