import {
  type AttentionCache,
  type AttentionMask,
  type AttentionOptions,
  maskTensor,
  type Rope,
} from '../nn/index.ts';
import type { Device, Tensor } from '../tensor/index.ts';
import { windowOf } from './block.ts';
import type { ResolvedGptConfig } from './gpt-config.ts';

/** Shapes: B batch, T positions, N places, C hidden. */
export interface GptOptions {
  /** int64[B, T]: where each token stands. Default: 0 to T-1. Needed with a cache that is not empty. */
  positions?: Tensor | undefined;
  /** Which earlier tokens must not be seen. Ignored with a cache, which says that itself. */
  mask?: AttentionMask | undefined;
  /** In place of a mask: see `AttentionOptions`. */
  documentLengths?: readonly number[] | undefined;
  /** Keeps keys and values; only new tokens are given to `forward` then. */
  cache?: AttentionCache | undefined;
  /**
   * int64[N], numbers of places among all B · T: hidden states of these alone, [N, C]. Behind its
   * attention the last layer computes nothing for the others. Default: of all, [B, T, C].
   */
  outputPlaces?: Tensor | undefined;
}

/** What each layer's attention is given: masks and rotations are made once for all layers. */
export function attentionOptions(
  { config, rope }: { config: ResolvedGptConfig; rope: Rope | null },
  length: number,
  device: Device,
  { positions, mask = {}, documentLengths, cache, outputPlaces }: GptOptions,
): AttentionOptions[] {
  const rotation = positions === undefined ? rope?.rotation(length) : rope?.rotationAt(positions);
  const layers = [...Array(config.numLayers).keys()];
  const placesOf = (layer: number) => (layer === config.numLayers - 1 ? outputPlaces : undefined);
  if ((cache ?? documentLengths) !== undefined)
    return layers.map((layer) => ({
      ...{ rotation, cache, documentLengths, outputPlaces: placesOf(layer) },
    }));
  const windows = layers.map((layer) => windowOf(config, layer));
  const masks = new Map(
    [...new Set(windows)].map((window) => [window, maskTensor(mask, length, window, device)]),
  );
  return windows.map((window, layer) => ({
    ...{ rotation, mask: masks.get(window), outputPlaces: placesOf(layer) },
  }));
}
