import { ConfigError, FileError } from '../../base/index.ts';
import type { Dtype } from '../dtype.ts';
import type { Tensor } from '../tensor.ts';
import { excerpt } from './excerpt.ts';
import type { TensorEntry } from './format.ts';

/** What to load. */
export interface LoadOptions {
  /** The tensors wanted; all of them by default. */
  names?: Iterable<string>;
  /** Returns false for a dtype that is not wanted; asked for every name before anything is read. */
  dtypeCheck?: (name: string, dtype: Dtype) => boolean;
}

/** Named tensors on disk, each read when it is asked for. */
export interface TensorSource extends Disposable {
  /** The path, for messages. */
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Reads one tensor into memory; it belongs to the caller. */
  read(name: string): Tensor;
  close(): void;
}

/**
 * Loads tensors from a source and closes it.
 *
 * @throws ConfigError, FileError as `loadSafetensors`; nothing stays allocated then.
 */
export function loadFrom(source: TensorSource, options: LoadOptions): Map<string, Tensor> {
  const loaded = new Map<string, Tensor>();
  try {
    const names = new Set(options.names ?? source.tensors.keys());
    for (const name of names) checkDtype(source, name, options);
    for (const name of names) loaded.set(name, source.read(name));
    return loaded;
  } catch (error) {
    for (const tensor of loaded.values()) tensor.dispose();
    throw error;
  } finally {
    source.close();
  }
}

/** The entry of one tensor. @throws ConfigError when the source has none of this name. */
export function findEntry(source: TensorSource, name: string): TensorEntry {
  const entry = source.tensors.get(name);
  if (entry !== undefined) return entry;
  const numTensors = source.tensors.size;
  const what = `the name of a tensor of ${source.path}`;
  const must = `be one of its ${numTensors} names`;
  throw new ConfigError({
    what,
    must,
    got: excerpt(name),
    hint: 'loadSafetensorsMetadata lists them',
  });
}

function checkDtype(source: TensorSource, name: string, { dtypeCheck }: LoadOptions): void {
  const { dtype } = findEntry(source, name);
  if (dtypeCheck === undefined || dtypeCheck(name, dtype)) return;
  const what = `${source.path}: tensor ${excerpt(name)}`;
  throw new FileError({ what, must: 'have a dtype that the caller takes', got: dtype });
}
