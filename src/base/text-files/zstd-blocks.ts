/** Unpacks zstd: fzstd decodes the blocks; limits, checksums and the end are checked here. */
import xxhash from 'xxhash-wasm';
import { DamagedFileError } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { checkGrowth } from './growth-limit.ts';
import { ZstdDecoder } from './zstd-decoder.ts';
import {
  type FrameHeader,
  frameMagic,
  headerBytes,
  isSkippable,
  parseHeader,
} from './zstd-frame.ts';

/** Twice what `zstd -19` asks for, and more than RFC 8878 recommends; larger ones fill memory. */
const maxWindowBytes = 32 * 2 ** 20;
const maxBlockBytes = 2 ** 17;

/** What the frames of a file are read with. */
interface Tools {
  readonly reader: ByteReader;
  readonly decoder: ZstdDecoder;
  readonly hash: Awaited<ReturnType<typeof xxhash>>;
  readonly file: string;
}

/**
 * Unpacks zstd data of one or more frames. A flipped bit is noticed where the frames have checksums,
 * which the program `zstd` writes unless it is told not to.
 *
 * @throws DamagedFileError also for windows above 32 MiB and for dictionaries.
 */
export async function* unzstdBlocks(
  packed: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(packed);
  const decoder = new ZstdDecoder();
  let numBytes = 0;
  try {
    const hash = await xxhash();
    do {
      for await (const block of frame({ reader, decoder, hash, file })) {
        numBytes += block.length;
        checkGrowth(file, numBytes, reader.numTaken);
        yield block;
      }
    } while (!(await reader.isAtEnd()));
  } finally {
    await decoder.close();
    await reader.close();
  }
}

async function* frame(tools: Tools): AsyncGenerator<Uint8Array> {
  const { reader, hash, file } = tools;
  const magic = (await exactly(reader, 4, file)).readUInt32LE();
  if (isSkippable(magic)) {
    const length = (await exactly(reader, 4, file)).readUInt32LE();
    if ((await reader.skip(length)) < length) throw damaged(file, 'its end too early');
    return;
  }
  if (magic !== frameMagic) throw damaged(file, 'something else');
  const descriptor = await exactly(reader, 1, file);
  const rest = await exactly(reader, headerBytes(descriptor[0] ?? 0), file);
  const bytes = Buffer.concat([descriptor, rest]);
  const header = checkedHeader(bytes, file);
  const sum = hash.create64();
  let numBytes = 0;
  for await (const block of decodedBlocks(tools, bytes, header)) {
    numBytes += block.length;
    if (header.hasChecksum) sum.update(block);
    yield block;
  }
  if (numBytes !== (header.contentBytes ?? numBytes)) throw damaged(file, `${numBytes} bytes`);
  if (!header.hasChecksum) return;
  const expected = (await exactly(reader, 4, file)).readUInt32LE();
  if (BigInt.asUintN(32, sum.digest()) !== BigInt(expected))
    throw damaged(file, 'a wrong checksum');
}

function checkedHeader(bytes: Buffer, file: string): FrameHeader {
  const header = parseHeader(bytes);
  if (typeof header === 'string') throw damaged(file, header);
  if (header.windowBytes <= maxWindowBytes) return header;
  const must = `look back over at most ${maxWindowBytes} bytes`;
  throw new DamagedFileError({ what: file, must, got: String(header.windowBytes) });
}

/** The blocks of a frame, one at a time: a header of three bytes says what follows (3.1.1.2). */
async function* decodedBlocks(
  { reader, decoder, file }: Tools,
  header: Buffer,
  { windowBytes }: FrameHeader,
): AsyncGenerator<Uint8Array> {
  // Checksums are compared by our own sum, so fzstd, which would pass over them, sees none.
  const descriptor = (header[0] ?? 0) & ~0b100;
  decoder.begin(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, descriptor, ...header.subarray(1)));
  for (let isLast = false; !isLast; ) {
    const start = await exactly(reader, 3, file);
    const [kind, size] = [(start.readUInt8() >> 1) & 0b11, start.readUIntLE(0, 3) >> 3];
    isLast = (start.readUInt8() & 1) === 1;
    if (kind === 3 || size > maxBlockBytes) throw damaged(file, 'an impossible block');
    const content = await exactly(reader, kind === 1 ? 1 : size, file);
    const answer = await decoder.decode(Buffer.concat([start, content]), isLast);
    if ('failed' in answer) throw damaged(file, answer.failed);
    for (const block of answer.decoded) {
      if (block.length > Math.min(maxBlockBytes, Math.max(windowBytes, 1024))) {
        throw damaged(file, 'an impossible block');
      }
      if (block.length > 0) yield block;
    }
  }
}

async function exactly(reader: ByteReader, numBytes: number, file: string): Promise<Buffer> {
  const bytes = await reader.take(numBytes);
  if (bytes.length < numBytes) throw damaged(file, 'its end too early');
  return bytes;
}

function damaged(file: string, got: string): DamagedFileError {
  return new DamagedFileError({ what: file, must: 'be whole zstd data', got });
}
