import { FileError } from '../../base/index.ts';
import { keep } from '../scope.ts';
import { emptyTensor, readIntoTensor } from '../storage.ts';
import type { Tensor } from '../tensor.ts';
import { excerpt } from './excerpt.ts';
import { prefixBytes, type SafetensorsHeader, type TensorEntry } from './format.ts';
import { parseHeader, parseHeaderSize } from './header.ts';
import { StableFile } from './stable-file.ts';
import { findEntry, type LoadOptions, loadFrom, type TensorSource } from './tensor-source.ts';

/**
 * Loads a safetensors file into CPU tensors, which belong to the caller. The file is read by
 * position into owned memory and never mapped.
 *
 * @throws FileError when the file is damaged, hostile, a symbolic link or changed meanwhile, and when
 *   `dtypeCheck` says no; ConfigError when a name is not in the file. Nothing stays allocated then.
 */
export function loadSafetensors(path: string, options: LoadOptions = {}): Map<string, Tensor> {
  return loadFrom(SafetensorsFile.open(path), options);
}

/**
 * Reads the header alone: metadata and, per tensor, dtype, shape, position and size.
 *
 * @throws FileError as `loadSafetensors`.
 */
export function loadSafetensorsMetadata(path: string): SafetensorsHeader {
  const file = SafetensorsFile.open(path);
  file.close();
  return { metadata: file.metadata, tensors: file.tensors };
}

/** An open safetensors file whose header has been read and checked. */
export class SafetensorsFile implements TensorSource {
  readonly path: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly #file: StableFile;

  /** Opens a file and reads its header. @throws FileError as `loadSafetensors`. */
  static open(path: string): SafetensorsFile {
    const file = new StableFile(path);
    try {
      return new SafetensorsFile(file, readHeader(file));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  private constructor(file: StableFile, { metadata, tensors }: SafetensorsHeader) {
    this.#file = file;
    this.path = file.path;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  read(name: string): Tensor {
    const entry = findEntry(this, name);
    const tensor = keep(emptyTensor(entry.shape, entry.dtype));
    try {
      if (entry.dtype === 'bool') this.#checkBooleans(name, entry);
      this.#file.read((fd) => readIntoTensor(tensor, fd, entry.offset));
      return tensor;
    } catch (error) {
      tensor.dispose();
      throw error;
    }
  }

  close(): void {
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** In C++ a bool that is neither 0 nor 1 is undefined behaviour. */
  #checkBooleans(name: string, { offset, sizeBytes }: TensorEntry): void {
    const chunkBytes = 2 ** 20;
    for (let done = 0; done < sizeBytes; done += chunkBytes) {
      const chunk = this.#file.readBytes(offset + done, Math.min(chunkBytes, sizeBytes - done));
      const bad = chunk.find((byte) => byte > 1);
      if (bad !== undefined) {
        const what = `${this.path}: tensor ${excerpt(name)}`;
        throw new FileError({ what, must: 'hold booleans of 0 and 1', got: String(bad) });
      }
    }
  }
}

function readHeader(file: StableFile): SafetensorsHeader {
  const prefix = file.readBytes(0, Math.min(prefixBytes, file.sizeBytes));
  const sizeBytes = parseHeaderSize(prefix, file.sizeBytes, file.path);
  return parseHeader(file.readBytes(prefixBytes, sizeBytes), file.sizeBytes, file.path);
}
