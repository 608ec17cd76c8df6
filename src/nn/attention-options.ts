import type { Tensor } from '../tensor/index.ts';
import type { AttentionCache } from './attention-cache.ts';
import type { AttentionMask } from './attention-mask.ts';
import type { Rotation } from './rope.ts';

/** Shapes: B batch, T positions, N places, C hidden. */
export interface AttentionOptions {
  /** Which earlier positions must not be seen; or what `maskTensor` made of that, for all layers. */
  mask?: AttentionMask | Tensor | null | undefined;
  /** Where the positions stand. Default: that of 0 to T-1, where there is a `ropeBase`. */
  rotation?: Rotation | undefined;
  /**
   * In place of `mask`: the lengths of documents that stand one behind the other through all rows and
   * do not see each other. They sum to B · T; none crosses the end of a row.
   */
  documentLengths?: readonly number[] | undefined;
  /** Keeps keys and values and says, in place of `mask`, what is seen. */
  cache?: AttentionCache | undefined;
  /** The number by which the cache knows this layer. Default: 0. */
  layer?: number;
  /**
   * int64[N], numbers of places among all B · T: only of these the output is wanted. Default: of all,
   * [B, T, C].
   */
  outputPlaces?: Tensor | undefined;
}
