/**
 * What reader and writer agree on. A safetensors file is eight bytes N (little-endian), then N bytes
 * of JSON, the header, then the data of all tensors without gap or overlap, to the last byte of the
 * file. Format: https://github.com/huggingface/safetensors.
 */
import { bytesPerElement, type Dtype } from '../dtype.ts';

/** Bytes before the JSON, which hold its length. */
export const prefixBytes = 8;

/** The key of the header that holds free text instead of a tensor. */
export const metadataKey = '__metadata__';

/** Far above real files (a header takes some hundred bytes per tensor), far below harm. */
export const limits = {
  headerBytes: 25 * 2 ** 20,
  metadataBytes: 4 * 2 ** 20,
  numMetadataKeys: 10_000,
  numTensors: 2 ** 16,
  numDims: 64,
  nameBytes: 4_096,
} as const;

/** What a header says of one tensor. */
export interface TensorEntry {
  dtype: Dtype;
  shape: readonly number[];
  /** Position of the first byte, counted from the start of the file. */
  offset: number;
  sizeBytes: number;
}

export interface SafetensorsHeader {
  metadata: ReadonlyMap<string, string>;
  /** In the order of the header. A Map, for a tensor may be called `__proto__`. */
  tensors: ReadonlyMap<string, TensorEntry>;
}

/** The rule for tensor names that `name` breaks, as the words after "must". */
export function brokenNameRule(name: string): string | undefined {
  if (name === '') return 'not be empty';
  if (name === metadataKey) return `not be ${metadataKey}, which the format reserves`;
  if (Buffer.byteLength(name) > limits.nameBytes) return `have at most ${limits.nameBytes} bytes`;
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'have no control characters or half surrogates';
  return undefined;
}

/** The order of code points, in which the official libraries sort names. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** An element type of the format. */
export interface ElementType {
  /** Its name in the header. */
  code: string;
  dtype: Dtype;
  sizeBytes: number;
  /** Its place in the order by which the official library lays tensors out, the highest first. */
  rank: number;
}

const codes: readonly [code: string, dtype: Dtype][] = [
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['I8', 'int8'],
  ['I16', 'int16'],
  ['U16', 'uint16'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I32', 'int32'],
  ['U32', 'uint32'],
  ['F32', 'float32'],
  ['F64', 'float64'],
  ['I64', 'int64'],
  ['U64', 'uint64'],
];

/** Every element type that we read and write. */
export const elementTypes: readonly ElementType[] = codes.map(([code, dtype], rank) => ({
  code,
  dtype,
  sizeBytes: bytesPerElement[dtype],
  rank,
}));
