/** Shapes: B batch, T positions. */
import { ignoreIndex } from '../nn/index.ts';
import { type Device, type Tensor, tensor } from '../tensor/index.ts';
import { Int64Rows } from './int64-rows.ts';

/** Windows of text; its tensors belong to the scope in which it was made. */
export interface Batch {
  /** int64[B, T] */
  tokens: Tensor;
  /** int64[B, T]: the token that follows, or `ignoreIndex` where none is to be learned. */
  targets: Tensor;
  /** int64[B, T]: how many documents ended before in the row; for attention masks. */
  documents: Tensor;
  /** Targets that are not ignored. */
  numTargets: number;
}

/**
 * Collects rows in JavaScript's memory and turns them into tensors at once, which copies them: the
 * memory serves the next batch again.
 */
export class BatchRows {
  readonly #contextLength: number;
  readonly #endOfTextId: number;
  readonly #targetsAcrossDocuments: boolean;
  readonly #tokens: Int64Rows;
  readonly #targets: Int64Rows;
  readonly #documents: Int64Rows;
  readonly numRows: number;
  readonly #numTargets: Uint32Array;

  constructor(numRows: number, settings: RowSettings) {
    this.numRows = numRows;
    this.#contextLength = settings.contextLength;
    this.#endOfTextId = settings.endOfTextId;
    this.#targetsAcrossDocuments = settings.targetsAcrossDocuments;
    const length = numRows * settings.contextLength;
    this.#tokens = new Int64Rows(length);
    this.#targets = new Int64Rows(length);
    this.#documents = new Int64Rows(length);
    this.#numTargets = new Uint32Array(numRows);
  }

  /** `ids` are T + 1 tokens; targets from `numTargets` on are ignored. */
  setRow(row: number, ids: Uint32Array, numTargets = this.#contextLength): void {
    const first = row * this.#contextLength;
    let document = 0;
    let numLearned = 0;
    for (let at = 0; at < this.#contextLength; at++) {
      const id = ids[at] as number;
      const isEnd = id === this.#endOfTextId;
      const isIgnored = at >= numTargets || (isEnd && !this.#targetsAcrossDocuments);
      this.#tokens.set(first + at, id);
      this.#targets.set(first + at, isIgnored ? ignoreIndex : (ids[at + 1] as number));
      this.#documents.set(first + at, document);
      if (!isIgnored) numLearned++;
      if (isEnd) document++;
    }
    this.#numTargets[row] = numLearned;
  }

  /** The batch of all rows, each of which must have been set. */
  toBatch(device: Device): Batch {
    const options = { shape: [this.numRows, this.#contextLength], device };
    return {
      tokens: tensor(this.#tokens.values, options),
      targets: tensor(this.#targets.values, options),
      documents: tensor(this.#documents.values, options),
      numTargets: this.#numTargets.reduce((sum, number) => sum + number, 0),
    };
  }
}

export interface RowSettings {
  contextLength: number;
  endOfTextId: number;
  /** Whether the first token of a document is a target of the end-of-text token before it. */
  targetsAcrossDocuments: boolean;
}
