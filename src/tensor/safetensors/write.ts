import { writeFileSync } from 'node:fs';
import { ConfigError, FileError, writeFileAtomic } from '../../base/index.ts';
import { writeFromTensor } from '../storage.ts';
import type { Tensor } from '../tensor.ts';
import { excerpt } from './excerpt.ts';
import { formatHeader } from './header-writer.ts';

/** Tensors by name. */
export type NamedTensors = ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>;

export interface SaveOptions {
  /** Free text for the header; `{ format: 'pt' }` is what transformers wants to see. */
  metadata?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
}

/**
 * Writes tensors of any device into one safetensors file, the same bytes as the official library
 * writes. The file appears whole or not at all, and has reached the disk when this returns.
 *
 * @throws ConfigError for a name or metadata that the format or our reader does not take; FileError
 *   when the file system refuses, the file at `path` being as before.
 */
export function saveSafetensors(
  path: string,
  tensors: NamedTensors,
  { metadata = {} }: SaveOptions = {},
): void {
  const named = toMap(tensors);
  checkHaveData(named);
  const { bytes, placed } = formatHeader(named, toMap(metadata));
  writeFileAtomic(path, (fd) => {
    writeFileSync(fd, bytes);
    for (const { tensor, offset } of placed) writeTensor(path, tensor, fd, offset);
  });
}

/** The entries of a Map or of a plain object. */
export function toMap<T>(
  entries: ReadonlyMap<string, T> | Readonly<Record<string, T>>,
): ReadonlyMap<string, T> {
  return entries instanceof Map ? entries : new Map(Object.entries(entries as Record<string, T>));
}

/** @throws ConfigError for a tensor that is disposed of or on the meta device. */
export function checkHaveData(tensors: ReadonlyMap<string, Tensor>): void {
  for (const [name, tensor] of tensors) {
    const problem = tensor.isDisposed ? 'a disposed tensor' : tensor.device === 'meta' && 'no data';
    if (!problem) continue;
    const what = `tensor ${excerpt(name)} to be saved`;
    throw new ConfigError({ what, must: 'hold data', got: problem });
  }
}

function writeTensor(path: string, tensor: Tensor, fd: number, offset: number): void {
  try {
    writeFromTensor(tensor, fd, offset);
  } catch (cause) {
    const { message } = cause as Error;
    throw new FileError({ what: path, must: 'be writable', got: message }, { cause });
  }
}
