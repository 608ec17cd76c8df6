/**
 * Sequences of unlike lengths without padding: one behind the other in one row, in which they do not see
 * each other. Shapes: N tokens of all.
 */
import { type Device, type Tensor, tensor } from '../tensor/index.ts';

/** What a model reads of them, and where each ends. */
export interface OneRow {
  /** int64[1, N] */
  tokens: Tensor;
  /** int64[1, N]: of each token in its sequence, from 0. */
  positions: Tensor;
  /** They sum to N. */
  documentLengths: readonly number[];
  /** The place behind the last token of each. */
  ends: readonly number[];
}

/** Where padding costs as much as tokens: on a CPU. Elsewhere rows of a rectangle run side by side. */
export function readsInOneRow(device: Device): boolean {
  return device === 'cpu';
}

/** @param sequences token ids, at least one of each */
export function inOneRow(sequences: readonly ArrayLike<number>[], device: Device = 'cpu'): OneRow {
  let end = 0;
  const ends = sequences.map(({ length }) => {
    end += length;
    return end;
  });
  const tokens = new BigInt64Array(end);
  const positions = new BigInt64Array(end);
  let place = 0;
  for (const sequence of sequences) {
    for (let position = 0; position < sequence.length; position++, place++) {
      tokens[place] = BigInt(sequence[position] as number);
      positions[place] = BigInt(position);
    }
  }
  const options = { shape: [1, end], device };
  return {
    tokens: tensor(tokens, options),
    positions: tensor(positions, options),
    documentLengths: sequences.map(({ length }) => length),
    ends,
  };
}
