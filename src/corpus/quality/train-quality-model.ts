import { ConfigError, deriveSeed, SeededRandom } from '../../base/index.ts';
import { featuresOf, logistic, numBuckets, type QualityModel } from './quality-model.ts';

export interface QualityTraining {
  /** Texts that people chose: books, an encyclopaedia, pages that others recommend. */
  readonly positives: readonly string[];
  /** Texts of the raw crawl, as they come. */
  readonly negatives: readonly string[];
  readonly seed: number;
  readonly numEpochs?: number;
  readonly learningRate?: number;
  /** Decay of the weights at each step, which keeps words of one text from deciding alone. */
  readonly weightDecay?: number;
}

/**
 * Trains by stochastic gradient descent on the logistic loss, both sides weighing the same however many
 * texts they have. The same texts and seed give the same model.
 *
 * @throws ConfigError when a side has no texts.
 */
export function trainQualityModel(training: QualityTraining): QualityModel {
  const { positives, negatives, numEpochs = 10, learningRate = 2, weightDecay = 1e-5 } = training;
  if (positives.length === 0 || negatives.length === 0) {
    const got = `${positives.length} and ${negatives.length}`;
    throw new ConfigError({ what: 'positives and negatives', must: 'both have texts', got });
  }
  const examples = [
    ...positives.map((text) => exampleOf(text, 1, 0.5 / positives.length)),
    ...negatives.map((text) => exampleOf(text, 0, 0.5 / negatives.length)),
  ];
  const weights = new Float64Array(numBuckets);
  let bias = 0;
  for (let epoch = 0; epoch < numEpochs; epoch++) {
    const random = new SeededRandom(deriveSeed(training.seed, 'quality model', epoch));
    // Steps grow smaller, to end near the minimum.
    const rate = learningRate / (1 + epoch);
    for (const example of random.shuffle(examples)) {
      const step = rate * example.share * examples.length * errorOf(example, weights, bias);
      for (const bucket of example.features) {
        const weight = weights[bucket] as number;
        weights[bucket] = weight + step * example.length - rate * weightDecay * weight;
      }
      bias += step / 10;
    }
  }
  return quantised(weights, bias);
}

interface Example {
  readonly features: Uint16Array;
  /** What each feature counts, so that the vector has length 1. */
  readonly length: number;
  readonly label: 0 | 1;
  readonly share: number;
}

function exampleOf(text: string, label: 0 | 1, share: number): Example {
  const features = featuresOf(text);
  return { features, length: 1 / Math.sqrt(Math.max(1, features.length)), label, share };
}

function errorOf(
  { features, length, label }: Example,
  weights: Float64Array,
  bias: number,
): number {
  let sum = 0;
  for (const bucket of features) sum += weights[bucket] as number;
  return label - logistic(bias + length * sum);
}

/** One byte a weight is enough: a text sums hundreds of them. */
function quantised(weights: Float64Array, bias: number): QualityModel {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const scale = Math.fround(largest / 127) || 1;
  return { weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)), scale, bias };
}
