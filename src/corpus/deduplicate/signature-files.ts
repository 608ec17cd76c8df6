import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { FileError } from '../../base/index.ts';
import { signatureBytes } from './signature.ts';

/** A file of signatures, one after the other. */
export interface SignatureFile {
  readonly path: string;
  /** Of duplicates, one of the lowest generation survives: 0 for the oldest version of a corpus. */
  readonly generation: number;
}

/** Documents by one index over several files of signatures, which are read and never held. */
export class SignatureFiles {
  readonly numDocuments: number;
  readonly #files: readonly SignatureFile[];
  readonly #descriptors: number[] = [];
  /** The index of the first document of each file. */
  readonly #starts: number[] = [];

  /** @throws FileError when one is no file of whole signatures. */
  constructor(files: readonly SignatureFile[]) {
    this.#files = files;
    let numDocuments = 0;
    for (const { path } of files) {
      this.#starts.push(numDocuments);
      const descriptor = openSync(path, 'r');
      this.#descriptors.push(descriptor);
      const { size } = fstatSync(descriptor);
      if (size % signatureBytes !== 0) throw brokenFile(path, size);
      numDocuments += size / signatureBytes;
    }
    this.numDocuments = numDocuments;
  }

  close(): void {
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
  }

  /** Which file a document is in, and which of its signatures it is, both from 0. */
  locate(index: number): { readonly file: number; readonly record: number } {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return { file: low, record: index - (this.#starts[low] as number) };
  }

  generationOf(index: number): number {
    return (this.#files[this.locate(index).file] as SignatureFile).generation;
  }

  /** Reads the signature of one document into `out`. */
  read(index: number, out: Uint8Array): void {
    const { file, record } = this.locate(index);
    this.#fill(file, record * signatureBytes, out);
  }

  /** All signatures in order; `signature` is valid until the next is asked for. */
  forEach(visit: (block: Buffer, offset: number, index: number) => void): void {
    const block = Buffer.alloc(8192 * signatureBytes);
    for (const [file, start] of this.#starts.entries()) {
      const end = this.#starts[file + 1] ?? this.numDocuments;
      for (let first = start; first < end; first += 8192) {
        const count = Math.min(8192, end - first);
        this.#fill(
          file,
          (first - start) * signatureBytes,
          block.subarray(0, count * signatureBytes),
        );
        for (let i = 0; i < count; i++) visit(block, i * signatureBytes, first + i);
      }
    }
  }

  #fill(file: number, position: number, out: Uint8Array): void {
    for (let done = 0; done < out.length; ) {
      const read = readSync(
        this.#descriptors[file] as number,
        out,
        done,
        out.length - done,
        position + done,
      );
      if (read === 0) throw brokenFile((this.#files[file] as SignatureFile).path, position + done);
      done += read;
    }
  }
}

function brokenFile(path: string, size: number): FileError {
  return new FileError({
    what: path,
    must: `hold whole signatures of ${signatureBytes} bytes`,
    got: `${size} bytes`,
    hint: 'build the version of the corpus again',
  });
}
