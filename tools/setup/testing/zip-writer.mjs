import { crc32, deflateRawSync } from 'node:zlib';

/**
 * @typedef {object} ZipEntry
 * @property {string} name Written as it is, hostile or not.
 * @property {string | Buffer} content
 * @property {number} [mode] Unix type and permissions.
 * @property {number} [checksum] Instead of the right one.
 */

/**
 * A zip archive in memory. Libraries that write zip refuse the names that the tests need.
 * @param {ZipEntry[]} entries
 */
export function writeZip(entries) {
  /** @type {Buffer[]} */
  const files = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, checksum } of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const common = commonFields(Buffer.byteLength(name), raw, packed, checksum ?? crc32(raw));
    const local = Buffer.concat([bytes(4, 0x04034b50), common, Buffer.from(name), packed]);
    // "Made by Unix" is the 3; it gives the upper half of the attributes its meaning.
    const central = [bytes(4, 0x02014b50), bytes(2, 0x0314), common, bytes(6, 0)];
    directory.push(...central, bytes(4, mode * 0x10000), bytes(4, offset), Buffer.from(name));
    files.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const counts = [bytes(4, 0), bytes(2, entries.length), bytes(2, entries.length)];
  const end = [
    bytes(4, 0x06054b50),
    ...counts,
    bytes(4, list.length),
    bytes(4, offset),
    bytes(2, 0),
  ];
  return Buffer.concat([...files, list, ...end]);
}

/**
 * The fields that stand before each file and again in the directory: version, flags (names are
 * UTF-8), method, time, date, checksum, sizes, and the lengths of name and extra field.
 * @param {number} nameLength
 * @param {Buffer} raw
 * @param {Buffer} packed
 * @param {number} checksum
 */
function commonFields(nameLength, raw, packed, checksum) {
  const head = [bytes(2, 20), bytes(2, 0x0800), bytes(2, 8), bytes(2, 0), bytes(2, 0x21)];
  const sizes = [bytes(4, checksum), bytes(4, packed.length), bytes(4, raw.length)];
  return Buffer.concat([...head, ...sizes, bytes(2, nameLength), bytes(2, 0)]);
}

/**
 * @param {number} length
 * @param {number} value
 */
function bytes(length, value) {
  const buffer = Buffer.alloc(length);
  buffer.writeUIntLE(value, 0, length);
  return buffer;
}
