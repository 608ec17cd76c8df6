import { arange, type Tensor, tensor } from '../tensor/index.ts';

/** [B, T, C] → [B, C] at the last position of each row. */
export function lastOfEach(hidden: Tensor, lengths: readonly number[]): Tensor {
  const { device } = hidden;
  if (lengths.length === 1) return hidden.select(1, hidden.size(1) - 1);
  const last = tensor(
    lengths.map((length) => length - 1),
    { dtype: 'int64', device },
  );
  return hidden.index([arange(lengths.length, { dtype: 'int64', device }), last]);
}
