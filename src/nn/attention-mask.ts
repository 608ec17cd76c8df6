/**
 * Which positions see which. Shapes: B batch, T positions (query), S positions (key).
 */
import { arange, type Device, type Tensor } from '../tensor/index.ts';

/** What restricts attention beyond causality. */
export interface AttentionMask {
  /** int64[B, T]: the document of each position; one does not see another's. */
  documents?: Tensor;
  /** bool[B, T]: false for padding, which nobody sees. */
  present?: Tensor;
}

/**
 * bool[B or 1, 1, T, T], true where a key may be seen; null when plain causality is all, for which
 * the kernel needs no mask. A position always sees itself, so that no row is empty: the softmax of
 * an empty row is not a number.
 */
export function maskTensor(
  { documents, present }: AttentionMask,
  length: number,
  slidingWindow: number | undefined,
  device: Device,
): Tensor | null {
  const isWindowed = slidingWindow !== undefined && slidingWindow < length;
  if (documents === undefined && present === undefined && !isWindowed) return null;
  const position_T = arange(length, { dtype: 'int64', device });
  const distance_TS = position_T.unsqueeze(1).sub(position_T.unsqueeze(0));
  let seen = distance_TS.ge(0);
  if (isWindowed) seen = seen.logicalAnd(distance_TS.lt(slidingWindow));
  let seen_B1TS = seen.unsqueeze(0).unsqueeze(0);
  if (documents !== undefined) {
    const same_BTS = documents.unsqueeze(2).eq(documents.unsqueeze(1));
    seen_B1TS = seen_B1TS.logicalAnd(same_BTS.unsqueeze(1));
  }
  if (present !== undefined) {
    seen_B1TS = seen_B1TS.logicalAnd(present.unsqueeze(1).unsqueeze(1));
  }
  return seen_B1TS.logicalOr(distance_TS.eq(0));
}

/**
 * bool[1, 1, T, S], true where a key may be seen, when the new positions are the last T of S; null
 * when plain causality is all.
 */
export function lastPositionsMask(
  numNew: number,
  numAll: number,
  slidingWindow: number | undefined,
  device: Device,
): Tensor | null {
  const isWindowed = slidingWindow !== undefined && slidingWindow < numAll;
  if (!isWindowed && (numNew === 1 || numNew === numAll)) return null;
  const query_T1 = arange(numAll - numNew, numAll, { dtype: 'int64', device }).unsqueeze(1);
  const distance_TS = query_T1.sub(arange(numAll, { dtype: 'int64', device }));
  const seen_TS = distance_TS.ge(0);
  const near_TS = isWindowed ? seen_TS.logicalAnd(distance_TS.lt(slidingWindow)) : seen_TS;
  return near_TS.unsqueeze(0).unsqueeze(0);
}
