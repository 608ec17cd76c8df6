import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../../base/index.ts';
import type { Tensor } from '../tensor.ts';
import { excerpt } from './excerpt.ts';
import type { TensorEntry } from './format.ts';
import { indexFileName, indexLimits, parseIndex, singleFileName } from './index-file.ts';
import { SafetensorsFile } from './read.ts';
import { StableFile } from './stable-file.ts';
import { findEntry, type LoadOptions, loadFrom, type TensorSource } from './tensor-source.ts';

/**
 * Loads the weights of a model folder in Hugging Face form into CPU tensors, which belong to the
 * caller: the shards that `model.safetensors.index.json` lists, or the one `model.safetensors`.
 * Nothing outside the folder is opened and no symbolic link followed.
 *
 * @throws FileError when a file is missing, damaged, hostile or changed meanwhile, or when index and
 *   shards disagree; ConfigError when a name is not there. Nothing stays allocated then.
 */
export function loadSharded(folder: string, options: LoadOptions = {}): Map<string, Tensor> {
  return loadFrom(SafetensorsFolder.open(folder), options);
}

/** An open model folder whose index and headers, of one file or of many, have been read and checked. */
export class SafetensorsFolder implements TensorSource {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly #files: readonly SafetensorsFile[];
  readonly #fileOf: ReadonlyMap<string, SafetensorsFile>;

  /** Opens every file of the model and reads its header. @throws FileError as `loadSharded`. */
  static open(folder: string): SafetensorsFolder {
    const files: SafetensorsFile[] = [];
    try {
      for (const [name, tensors] of listShards(folder)) {
        files.push(SafetensorsFile.open(join(folder, name)));
        if (tensors !== undefined) checkShard(files.at(-1) as SafetensorsFile, tensors);
      }
      return new SafetensorsFolder(folder, files);
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
  }

  private constructor(path: string, files: readonly SafetensorsFile[]) {
    this.path = path;
    this.#files = files;
    this.tensors = new Map(files.flatMap((file) => [...file.tensors]));
    this.#fileOf = new Map(
      files.flatMap((file) => [...file.tensors.keys()].map((name) => [name, file])),
    );
  }

  read(name: string): Tensor {
    findEntry(this, name);
    return (this.#fileOf.get(name) as SafetensorsFile).read(name);
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** The files of a model and the tensors that each must hold, where an index says it. */
function listShards(folder: string): Map<string, ReadonlySet<string> | undefined> {
  const names = listFolder(folder);
  const hasIndex = names.has(indexFileName);
  if (hasIndex === names.has(singleFileName)) {
    const must = `hold either ${singleFileName} or ${indexFileName}`;
    throw new FileError({ what: folder, must, got: hasIndex ? 'both' : 'neither' });
  }
  return hasIndex ? readIndex(join(folder, indexFileName)) : new Map([[singleFileName, undefined]]);
}

/** The names in a folder. @throws FileError when it cannot be listed. */
export function listFolder(folder: string): Set<string> {
  try {
    return new Set(readdirSync(folder));
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new FileError({ what: folder, must: 'be a readable folder', got: code }, { cause });
  }
}

function readIndex(path: string): Map<string, ReadonlySet<string>> {
  const file = new StableFile(path);
  try {
    if (file.sizeBytes > indexLimits.sizeBytes) {
      const must = `have at most ${indexLimits.sizeBytes} bytes`;
      throw new FileError({ what: path, must, got: String(file.sizeBytes) });
    }
    return parseIndex(file.readBytes(0, file.sizeBytes), path);
  } finally {
    file.close();
  }
}

function checkShard(file: SafetensorsFile, expected: ReadonlySet<string>): void {
  const missing = [...expected].find((name) => !file.tensors.has(name));
  const extra = [...file.tensors.keys()].find((name) => !expected.has(name));
  if (missing === undefined && extra === undefined) return;
  const must = 'hold exactly the tensors that the index assigns to it';
  const got = missing === undefined ? `also ${excerpt(extra ?? '')}` : `no ${excerpt(missing)}`;
  throw new FileError({ what: file.path, must, got });
}
