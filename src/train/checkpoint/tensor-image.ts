/** The bytes of a safetensors file in memory, kept from one save to the next. */
import { formatHeader, type Tensor } from '../../tensor/index.ts';

/** A file of named tensors, in memory that another thread can read. */
export class TensorImage {
  #bytes = new Uint8Array(new SharedArrayBuffer(0));

  /**
   * Copies all tensors from their devices; what the last call returned is overwritten when it has
   * the size. The tensors may change as soon as this returns.
   *
   * @returns the whole file: header and data
   * @throws ConfigError for names that the format does not take.
   */
  fill(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
    const metadata = new Map([['format', 'pt']]);
    const { bytes: header, placed, fileSizeBytes } = formatHeader(tensors, metadata);
    if (this.#bytes.length !== fileSizeBytes) {
      this.#bytes = new Uint8Array(new SharedArrayBuffer(fileSizeBytes));
    }
    this.#bytes.set(header);
    for (const { tensor, offset } of placed) {
      const { buffer, byteOffset, byteLength } = tensor.toTypedArray();
      this.#bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    }
    return this.#bytes;
  }
}
