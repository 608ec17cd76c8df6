/** Shapes: B batch, T positions, N targets. */
import { ignoreIndex } from '../../nn/index.ts';
import { type Device, type Tensor, tensor } from '../../tensor/index.ts';
import type { Batch } from '../batch.ts';
import { Int64Rows } from '../int64-rows.ts';
import type { ConversationTokens } from './conversation-dataset.ts';

/** Rows of several documents each, none of which knows of the others. */
export interface PackedBatch extends Batch {
  /** int64[B, T]: where each token stands in its document, from 0. */
  positions: Tensor;
  /** int64[N]: the places, counted through all rows, that have a target. */
  targetPlaces: Tensor;
  /** int64[N]: these targets. */
  placedTargets: Tensor;
  /** Of the documents in the order of the rows, padding among them; they sum to B · T. */
  documentLengths: readonly number[];
  /** Places that are not padding. */
  numTokens: number;
}

/** Collects rows in JavaScript's memory and turns them into tensors at once. */
export class PackedRows {
  readonly #width: number;
  readonly #tokens: Int64Rows;
  readonly #targets: Int64Rows;
  readonly #documents: Int64Rows;
  readonly #positions: Int64Rows;
  readonly #numRows: number;
  readonly #documentLengths: number[] = [];
  readonly #targetPlaces: number[] = [];
  #at = 0;
  #document = 0;
  #numTokens = 0;

  constructor(numRows: number, width: number) {
    this.#numRows = numRows;
    this.#width = width;
    const places = () => new Int64Rows(numRows * width);
    [this.#tokens, this.#targets, this.#documents, this.#positions] = [
      ...[places(), places()],
      ...[places(), places()],
    ] as [Int64Rows, Int64Rows, Int64Rows, Int64Rows];
  }

  /** Adds a document to the row; n tokens take n − 1 places, for the last one is a target only. */
  add({ ids, learned }: ConversationTokens): void {
    const length = ids.length - 1;
    for (let position = 0; position < length; position++) {
      const target = learned[position + 1] === 1 ? (ids[position + 1] as number) : ignoreIndex;
      this.#set(position, ids[position] as number, target);
    }
    this.#numTokens += length;
    this.#documentLengths.push(length);
    this.#document++;
  }

  /** Pads the row, with a document of which nothing is learned, and begins the next. */
  endRow(): void {
    const numFilled = ((this.#at + this.#width - 1) % this.#width) + 1;
    const length = this.#width - numFilled;
    for (let position = 0; position < length; position++) this.#set(position, 0, ignoreIndex);
    if (length > 0) this.#documentLengths.push(length);
    this.#document = 0;
  }

  toBatch(device: Device): PackedBatch {
    const options = { shape: [this.#numRows, this.#width], device };
    const places = BigInt64Array.from(this.#targetPlaces, BigInt);
    const targets = places.map((place) => this.#targets.values[Number(place)] as bigint);
    return {
      tokens: tensor(this.#tokens.values, options),
      targets: tensor(this.#targets.values, options),
      documents: tensor(this.#documents.values, options),
      positions: tensor(this.#positions.values, options),
      targetPlaces: tensor(places, { shape: [places.length], device }),
      placedTargets: tensor(targets, { shape: [places.length], device }),
      documentLengths: this.#documentLengths,
      numTargets: places.length,
      numTokens: this.#numTokens,
    };
  }

  #set(position: number, id: number, target: number): void {
    this.#tokens.set(this.#at, id);
    this.#targets.set(this.#at, target);
    this.#documents.set(this.#at, this.#document);
    this.#positions.set(this.#at, position);
    if (target !== ignoreIndex) this.#targetPlaces.push(this.#at);
    this.#at++;
  }
}
