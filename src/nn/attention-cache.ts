import type { Tensor } from '../tensor/index.ts';

/** What attention attends to when keys and values of earlier positions were kept. */
export interface Attended {
  /** [B, K, S, D] */
  key: Tensor;
  /** [B, K, S, D] */
  value: Tensor;
  /**
   * bool[B or 1, 1, T, S], true where a new position may see a stored one, the layer's window
   * included. Null: the new positions are the last T of S, and causality and the window are all.
   */
  seen: Tensor | LastPositions | null;
}

/**
 * One new position a row, T = 1: it sees the stored ones up to its own, as far as the layer's window
 * goes. Key and value may have more than B rows.
 */
export interface LastPositions {
  /** int64[B] */
  positions: Tensor;
}

/**
 * Keeps the keys and values of a model's layers, so that each position is computed once. With
 * `documentLengths` it only keeps them: each document is whole and sees itself alone.
 *
 * Shapes: B batch, K key-value heads, T new positions, S all positions, D head size.
 */
export interface AttentionCache {
  /**
   * Stores the keys and values of new positions of one layer.
   * @param layer number of the layer, from 0
   * @param key [B, K, T, D], normed and rotated already
   * @param value [B, K, T, D]
   * @param slidingWindow how many positions this layer sees, itself included; undefined: all
   */
  extend(layer: number, key: Tensor, value: Tensor, slidingWindow: number | undefined): Attended;
}
