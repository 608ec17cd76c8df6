/** Means and whitening over the tokens that count. Shapes: B answers, T tokens of the longest. */
import { arange, type Device, type Tensor, tensor } from '../tensor/index.ts';

/** Which places of a batch of answers, padded at the right, hold something. */
export interface AnswerMasks {
  /** bool[B, T], the places t < length: the tokens. The complement of TRL's `padding_mask`. */
  tokens: Tensor;
  /**
   * bool[B, T], the places t ≤ length: the states before each token, and the one after the last
   * where it is in the batch. The complement of TRL's `padding_mask_p1`.
   */
  states: Tensor;
}

/** The masks of answers of so many tokens each, an end token included, in T places. */
export function answerMasks(
  lengths: readonly number[],
  numPlaces: number,
  device: Device = 'cpu',
): AnswerMasks {
  const place_T = arange(numPlaces, { dtype: 'int64', device });
  const length_B1 = tensor([...lengths], { dtype: 'int64', device }).unsqueeze(1);
  return { tokens: place_T.lt(length_B1), states: place_T.le(length_B1) };
}

/** The mean of the values where the mask is true, each with one weight: a mean over tokens. */
export function maskedMean(values: Tensor, mask: Tensor): Tensor {
  return values.maskedFill(mask.logicalNot(), 0).sum().div(mask.sum());
}

/**
 * (x − mean) / √(variance + 1e-8) where the mask is true, 0 elsewhere, with the variance divided by
 * the number of values, as `whiten` of Ziegler et al. 2019 (arXiv 1909.08593; their released code).
 * In float64 inside, for the deviations of nearly equal numbers.
 *
 * Advantages are shifted; rewards are only scaled, since a shift would change what an answer's
 * length is worth. Give it at least 8 answers, or one odd answer decides the scale.
 *
 * @param shiftMean false adds the mean again. Default: true.
 */
export function maskedWhiten(values: Tensor, mask: Tensor, { shiftMean = true } = {}): Tensor {
  const exact = values.to({ dtype: 'float64' });
  const mean = maskedMean(exact, mask);
  const centred = exact.sub(mean);
  const variance = maskedMean(centred.square(), mask);
  const scaled = centred.mul(variance.add(1e-8).rsqrt());
  const whitened = shiftMean ? scaled : scaled.add(mean);
  return whitened.maskedFill(mask.logicalNot(), 0).to({ dtype: values.dtype });
}
