import { FileError } from '../../base/index.ts';
import { excerpt } from './excerpt.ts';
import { foreignFormat } from './foreign-format.ts';
import {
  brokenNameRule,
  type ElementType,
  elementTypes,
  limits,
  metadataKey,
  prefixBytes,
  type SafetensorsHeader,
  type TensorEntry,
} from './format.ts';
import { JsonCursor } from './strict-json.ts';

type Refuse = (must: string, got: string) => never;

/**
 * Reads and checks the whole header of an untrusted file: names, dtypes, shapes, and that the tensors
 * cover the rest of the file exactly. Stricter than the official reader wherever that one guesses,
 * drops or rounds a value.
 *
 * @param json the header alone, without the eight bytes before it.
 * @throws FileError naming file, place and reason.
 */
export function parseHeader(json: Buffer, fileSizeBytes: number, file: string): SafetensorsHeader {
  const cursor = new JsonCursor(json, `${file}: header`);
  if (json[0] !== 0x7b) cursor.fail('begin with "{"');
  const metadata = new Map<string, string>();
  const tensors = new Map<string, TensorEntry>();
  const dataStart = prefixBytes + json.length;
  cursor.object(limits.numTensors, (name) => {
    if (name === metadataKey) readMetadata(cursor, metadata);
    else tensors.set(name, readEntry(cursor, name, file, dataStart));
  });
  cursor.end();
  checkLayout(tensors, dataStart, fileSizeBytes, file);
  return { metadata, tensors };
}

/**
 * Reads the size of the header from the first eight bytes of a file, or what there is of them.
 *
 * @throws FileError unless the header fits into the file and into the limit.
 */
export function parseHeaderSize(prefix: Buffer, fileSizeBytes: number, file: string): number {
  const minBytes = prefixBytes + '{}'.length;
  if (fileSizeBytes < minBytes)
    refuseFile(file, `have at least ${minBytes} bytes`, `${fileSizeBytes}`);
  const sizeBytes = prefix.readBigUInt64LE(0);
  const limit = Math.min(limits.headerBytes, fileSizeBytes - prefixBytes);
  if (sizeBytes >= 2n && sizeBytes <= limit) return Number(sizeBytes);
  const must = `give the size of its header, 2 to ${limit}, in its first eight bytes`;
  const format = foreignFormat(prefix);
  const hint = format && `this looks like ${format}; only safetensors files are read`;
  throw new FileError({ what: file, must, got: String(sizeBytes), hint });
}

function readMetadata(cursor: JsonCursor, metadata: Map<string, string>): void {
  let sizeBytes = 0;
  cursor.object(limits.numMetadataKeys, (key) => {
    const value = cursor.string();
    sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (sizeBytes > limits.metadataBytes) {
      cursor.fail(`have at most ${limits.metadataBytes} bytes of metadata`, 'more');
    }
    metadata.set(key, value);
  });
}

function readEntry(cursor: JsonCursor, name: string, file: string, dataStart: number): TensorEntry {
  const refuse: Refuse = (must, got) => refuseFile(`${file}: tensor ${excerpt(name)}`, must, got);
  const brokenRule = brokenNameRule(name);
  if (brokenRule !== undefined) refuseFile(`${file}: a tensor name`, brokenRule, excerpt(name));
  let code = '';
  let shape: number[] | undefined;
  let offsets: number[] = [];
  cursor.object(3, (field) => {
    if (field === 'dtype') code = cursor.string();
    else if (field === 'shape') shape = readIntegers(cursor, limits.numDims);
    else if (field === 'data_offsets') offsets = readIntegers(cursor, 2);
    else cursor.fail('have no field but dtype, shape and data_offsets', excerpt(field));
  });
  const elementType = findElementType(code, refuse);
  if (shape === undefined) refuse('have a shape', 'none');
  if (offsets.length !== 2) refuse('have two data_offsets', String(offsets.length));
  const [begin, end] = offsets as [number, number];
  const sizeBytes = countBytes(shape, elementType, refuse);
  if (end - begin !== sizeBytes) {
    refuse(`have ${sizeBytes} bytes between its data_offsets`, `[${begin}, ${end}]`);
  }
  return { dtype: elementType.dtype, shape, offset: dataStart + begin, sizeBytes };
}

function readIntegers(cursor: JsonCursor, maxItems: number): number[] {
  const integers: number[] = [];
  cursor.array(maxItems, () => integers.push(cursor.integer()));
  return integers;
}

function findElementType(code: string, refuse: Refuse): ElementType {
  const found = elementTypes.find((elementType) => elementType.code === code);
  if (found !== undefined) return found;
  const known = elementTypes.map((elementType) => elementType.code).join(', ');
  return refuse(`have a dtype among ${known}`, excerpt(code));
}

function countBytes(shape: readonly number[], { sizeBytes }: ElementType, refuse: Refuse): number {
  // A zero must not hide the overflow of the other dimensions, which strides are computed from.
  const product = shape.reduce((total, size) => total * (size || 1), sizeBytes);
  if (!Number.isSafeInteger(product)) refuse('have less than 2^53 bytes', `${product}`);
  return shape.includes(0) ? 0 : product;
}

function checkLayout(
  tensors: ReadonlyMap<string, TensorEntry>,
  dataStart: number,
  fileSizeBytes: number,
  file: string,
): void {
  const inOrder = [...tensors].sort(
    ([, a], [, b]) => a.offset - b.offset || a.sizeBytes - b.sizeBytes,
  );
  let end = dataStart;
  for (const [name, { offset, sizeBytes }] of inOrder) {
    if (offset !== end) {
      const must = `begin at byte ${end} of the file, where the tensor before it ends`;
      refuseFile(`${file}: tensor ${excerpt(name)}`, must, String(offset));
    }
    end += sizeBytes;
  }
  if (end !== fileSizeBytes) {
    refuseFile(file, `have ${end} bytes, as its header says`, String(fileSizeBytes));
  }
}

function refuseFile(what: string, must: string, got: string): never {
  throw new FileError({ what, must, got });
}
