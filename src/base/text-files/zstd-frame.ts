/** The header of a zstd frame (RFC 8878, section 3.1.1). */

/** What a frame says about itself. */
export interface FrameHeader {
  /** How far back its blocks may refer, which is what unpacking holds in memory. */
  readonly windowBytes: number;
  readonly hasChecksum: boolean;
  /** The size of the unpacked frame, if it is given. */
  readonly contentBytes: number | undefined;
}

export const frameMagic = 0xfd2fb528;

/** Frames that hold something else than data, to be passed over. */
export function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/** How many bytes follow the descriptor, the first byte of a header. */
export function headerBytes(descriptor: number): number {
  return windowFieldBytes(descriptor) + dictionaryBytes(descriptor) + contentFieldBytes(descriptor);
}

/** Reads a header: the descriptor and what follows it. Answers what is wrong with it otherwise. */
export function parseHeader(header: Buffer): FrameHeader | string {
  const descriptor = header[0] ?? 0;
  if ((descriptor & 0b1000) !== 0) return 'a reserved bit';
  const dictionaryAt = 1 + windowFieldBytes(descriptor);
  const contentAt = dictionaryAt + dictionaryBytes(descriptor);
  if (header.subarray(dictionaryAt, contentAt).some((byte) => byte !== 0)) return 'a dictionary';
  const contentBytes = contentSize(header.subarray(contentAt));
  const windowBytes = isSingleSegment(descriptor)
    ? (contentBytes ?? 0)
    : windowSize(header[1] ?? 0);
  return { windowBytes, contentBytes, hasChecksum: (descriptor & 0b100) !== 0 };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 0b111);
}

function contentSize(field: Buffer): number | undefined {
  if (field.length === 0) return undefined;
  if (field.length === 8) return Number(field.readBigUInt64LE());
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

function windowFieldBytes(descriptor: number): number {
  return isSingleSegment(descriptor) ? 0 : 1;
}

function dictionaryBytes(descriptor: number): number {
  return [0, 1, 2, 4][descriptor & 0b11] ?? 0;
}

function contentFieldBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 ? Number(isSingleSegment(descriptor)) : 2 ** flag;
}

function isSingleSegment(descriptor: number): boolean {
  return (descriptor & 0b100000) !== 0;
}
