import { keep, type Tensor, zeros } from '../tensor/index.ts';

/** Growing by whole blocks copies each position a few times, not once per token. */
const blockSize = 256;

/** What is kept of one layer: rows, key-value heads, slots, head size. */
export interface KeysAndValues {
  key: Tensor;
  value: Tensor;
}

/**
 * Room for the keys and values of the positions that each row of a batch has read; cache-pass.ts
 * fills it. Position p of a row lies in slot p, so rows of different lengths need no padding in
 * front, and what lies behind a row's end is overwritten before anything may see it.
 *
 * It has the dtype and the device of the keys that the model gives, grows in place by rows and by
 * blocks of slots, and lives until `dispose`.
 */
export class KvCache {
  readonly #layers: KeysAndValues[] = [];
  readonly #maxRows: number;
  readonly #maxSlots: number;
  #numRows = 0;
  #numSlots = 0;

  /** @param maxSlots the context length of the model */
  constructor(maxRows: number, maxSlots: number) {
    this.#maxRows = maxRows;
    this.#maxSlots = maxSlots;
  }

  /** Makes room for so many rows of so many positions. */
  reserve(numRows: number, numSlots: number): void {
    if (numRows <= this.#numRows && numSlots <= this.#numSlots) return;
    if (numRows > this.#numRows) {
      this.#numRows = Math.max(numRows, Math.min(2 * this.#numRows, this.#maxRows));
    }
    const inBlocks = Math.ceil(numSlots / blockSize) * blockSize;
    this.#numSlots = Math.max(this.#numSlots, Math.min(inBlocks, this.#maxSlots), numSlots);
    for (const layer of this.#layers) {
      layer.key = this.#enlarged(layer.key);
      layer.value = this.#enlarged(layer.value);
    }
  }

  /** The room of a layer, made when it is first asked for. `like` is [B, K, T, D]. */
  layer(layer: number, like: Tensor): KeysAndValues {
    this.#layers[layer] ??= { key: this.#empty(like), value: this.#empty(like) };
    return this.#layers[layer];
  }

  /** Puts the first `length` positions of a row in the place of another row's. */
  copyRow(from: number, to: number, length: number): void {
    for (const { key, value } of this.#layers) {
      for (const stored of [key, value]) {
        const part = (row: number) => stored.narrow(0, row, 1).narrow(2, 0, length);
        part(to).copy_(part(from));
      }
    }
  }

  /** Whether that is what it holds; not, while it holds nothing. */
  get isFloat32OnCpu(): boolean {
    const key = this.#layers[0]?.key;
    return key?.dtype === 'float32' && key.device === 'cpu';
  }

  /** The bytes of all layers. */
  get numBytes(): number {
    return this.#layers.reduce((sum, { key, value }) => sum + key.numBytes + value.numBytes, 0);
  }

  /** Frees everything; the cache can be filled again. */
  dispose(): void {
    for (const { key, value } of this.#layers.splice(0)) {
      key.dispose();
      value.dispose();
    }
    this.#numRows = 0;
    this.#numSlots = 0;
  }

  #enlarged(before: Tensor): Tensor {
    const after = this.#empty(before);
    const [numRows = 0, , numSlots = 0] = before.shape;
    after.narrow(0, 0, numRows).narrow(2, 0, numSlots).copy_(before);
    before.dispose();
    return after;
  }

  /** Zeros, because what is not seen is still multiplied by a weight of 0, and 0 · NaN is NaN. */
  #empty(like: Tensor): Tensor {
    const [numHeads, headSize] = [like.size(1), like.size(3)];
    const { dtype, device } = like;
    return keep(zeros([this.#numRows, numHeads, this.#numSlots, headSize], { dtype, device }));
  }
}
