import { ConfigError } from '../../base/index.ts';
import type { Dtype } from '../dtype.ts';
import { excerpt } from './excerpt.ts';
import {
  brokenNameRule,
  compareUtf8,
  elementTypes,
  limits,
  metadataKey,
  prefixBytes,
} from './format.ts';

/** What a header says of a tensor; every Tensor is one. */
export interface TensorLayout {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** A tensor and where its bytes go, counted from the start of the file. */
export interface PlacedTensor<T> {
  tensor: T;
  offset: number;
}

/**
 * Lays a file out as the official library does: tensors by element type, the widest first, then by
 * name. Metadata is sorted by key, so that equal content gives equal bytes.
 *
 * @returns the first bytes of the file (size, header, spaces up to a multiple of eight), the tensors
 *   in the order of the file, and how many bytes it will have.
 * @throws ConfigError for what the reader would refuse.
 */
export function formatHeader<T extends TensorLayout>(
  tensors: ReadonlyMap<string, T>,
  metadata: ReadonlyMap<string, string>,
): { bytes: Buffer; placed: PlacedTensor<T>[]; fileSizeBytes: number } {
  checkMetadata(metadata);
  checkLimit('the number of tensors of one file', tensors.size, limits.numTensors);
  const fields = metadata.size === 0 ? [] : [`"${metadataKey}":${formatMetadata(metadata)}`];
  const placed: PlacedTensor<T>[] = [];
  let end = 0;
  for (const [name, tensor] of inFileOrder(tensors)) {
    const { code, sizeBytes } = checkedType(name, tensor);
    const begin = end;
    end += tensor.shape.reduce((product, size) => product * size, sizeBytes);
    const entry = { dtype: code, shape: tensor.shape, data_offsets: [begin, end] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    placed.push({ tensor, offset: begin });
  }
  const bytes = withPrefix(`{${fields.join(',')}}`);
  for (const place of placed) place.offset += bytes.length;
  return { bytes, placed, fileSizeBytes: bytes.length + end };
}

function inFileOrder<T extends TensorLayout>(tensors: ReadonlyMap<string, T>): [string, T][] {
  const ranks = new Map(elementTypes.map(({ dtype, rank }) => [dtype, rank]));
  const rankOf = ({ dtype }: T) => ranks.get(dtype) ?? -1;
  return [...tensors].sort(([a, x], [b, y]) => rankOf(y) - rankOf(x) || compareUtf8(a, b));
}

function checkedType(name: string, { dtype, shape }: TensorLayout) {
  const what = `tensor ${excerpt(name)}`;
  const brokenRule = brokenNameRule(name);
  if (brokenRule !== undefined) refuse('a tensor name', brokenRule, excerpt(name));
  checkLimit(`the number of dimensions of ${what}`, shape.length, limits.numDims);
  const elementType = elementTypes.find((type) => type.dtype === dtype);
  return elementType ?? refuse(what, 'have a dtype of the format', String(dtype));
}

function formatMetadata(metadata: ReadonlyMap<string, string>): string {
  const pairs = [...metadata].sort(([a], [b]) => compareUtf8(a, b));
  const fields = pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${fields.join(',')}}`;
}

function checkMetadata(metadata: ReadonlyMap<string, string>): void {
  let sizeBytes = 0;
  for (const [key, value] of metadata) {
    for (const text of [key, value]) {
      const isText = typeof text === 'string' && !/\p{Cs}/u.test(text);
      if (!isText)
        refuse(`metadata ${excerpt(key)}`, 'be a string of whole characters', String(text));
      sizeBytes += Buffer.byteLength(text);
    }
  }
  checkLimit('the bytes of the metadata', sizeBytes, limits.metadataBytes);
  checkLimit('the number of metadata keys', metadata.size, limits.numMetadataKeys);
}

function withPrefix(json: string): Buffer {
  const sizeBytes = Math.ceil(Buffer.byteLength(json) / 8) * 8;
  checkLimit('the bytes of the header', sizeBytes, limits.headerBytes);
  const bytes = Buffer.alloc(prefixBytes + sizeBytes, ' ');
  bytes.writeBigUInt64LE(BigInt(sizeBytes));
  bytes.write(json, prefixBytes);
  return bytes;
}

function checkLimit(what: string, value: number, limit: number): void {
  if (value > limit) refuse(what, `be at most ${limit}`, String(value));
}

function refuse(what: string, must: string, got: string): never {
  throw new ConfigError({ what, must, got });
}
