/** How far a reward model can be relied on, measured on rankings that it was not trained on. */
import { wilsonInterval } from '../tasks/wilson-interval.ts';
import { type RaterAgreement, raterAgreement } from './rater-agreement.ts';
import { marginsOf, type ScoredComparison } from './scored-comparison.ts';

export interface RewardReport {
  numComparisons: number;
  /** Pairs that are no tie. */
  numPairs: number;
  /** What training lowers, on these rankings: InstructGPT's Eq. 1, in nats, a mean over rankings. */
  loss: number;
  accuracy: PairAccuracy;
  margins: MarginHistogram;
  reliability: Reliability;
  /** Of score and length in tokens, both less their mean over the answers to one prompt. */
  lengthCorrelation: number;
  raters: RaterAgreement;
  /** Null where the truth of no answer is known. */
  bound: RewardBound | null;
}

/** How much of what can be known a model knows, for raters err and differ. */
export interface RewardBound {
  /** Pairs whose answers' worth is known. */
  numPairs: number;
  /** Of these, the share that the true worth orders as the raters did; equal worth counts half. */
  rate: number;
  /** The model's own share of them. */
  accuracy: number;
  /** accuracy / rate */
  ratio: number;
}

/** The share of pairs whose better answer has the higher score; equal scores count as wrong. */
export interface PairAccuracy {
  rate: number;
  /** Wilson's interval at 95 %, as if pairs of one prompt knew nothing of each other. */
  low: number;
  high: number;
}

/** Differences of scores, better minus worse. */
export interface MarginHistogram {
  mean: number;
  /** Borders of the bins; the first and the last bin are open. */
  edges: number[];
  counts: number[];
}

/** Whether a difference of scores means what it says: σ(difference) as a probability. */
export interface Reliability {
  bins: { from: number; to: number; numPairs: number; predicted: number; observed: number }[];
  /** Mean of |predicted − observed| over pairs (Naeini et al. 2015). */
  calibrationError: number;
}

/** Measures a reward model. NaN where there is nothing to measure. */
export function rewardReport(comparisons: readonly ScoredComparison[]): RewardReport {
  const margins = comparisons.flatMap(marginsOf);
  return {
    numComparisons: comparisons.length,
    numPairs: margins.length,
    loss: meanOf(comparisons.map(marginsOf).filter(isNotEmpty).map(meanLoss)),
    accuracy: pairAccuracy(margins),
    margins: histogram(margins),
    reliability: reliabilityOf(margins),
    lengthCorrelation: lengthCorrelation(comparisons),
    raters: raterAgreement(comparisons),
    bound: boundOf(comparisons),
  };
}

function isNotEmpty({ length }: readonly unknown[]): boolean {
  return length > 0;
}

/** −log σ(margin), a mean over the pairs of a ranking. */
function meanLoss(margins: readonly number[]): number {
  const loss = (margin: number) => Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
  return meanOf(margins.map(loss));
}

export function pairAccuracy(margins: readonly number[]): PairAccuracy {
  const numRight = margins.filter((margin) => margin > 0).length;
  const [low, high] = wilsonInterval(numRight, margins.length);
  return { rate: numRight / margins.length, low, high };
}

function boundOf(comparisons: readonly ScoredComparison[]): RewardBound | null {
  const known = comparisons.filter(({ gold }) => gold !== undefined);
  const truth = known.flatMap(({ gold = [], ranks }) => marginsOf({ scores: gold, ranks }));
  if (truth.length === 0) return null;
  const credit = truth.map((margin) => (margin > 0 ? 1 : margin === 0 ? 0.5 : 0));
  const rate = meanOf(credit);
  const accuracy = pairAccuracy(known.flatMap(marginsOf)).rate;
  return { numPairs: truth.length, rate, accuracy, ratio: accuracy / rate };
}

function histogram(margins: readonly number[]): MarginHistogram {
  const edges = [-4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4];
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const margin of margins) {
    const bin = edges.filter((edge) => margin >= edge).length;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { mean: meanOf(margins), edges, counts };
}

const numBins = 5;

/** By how sure the model was, from 0.5 to 1, whichever answer it preferred. */
function reliabilityOf(margins: readonly number[]): Reliability {
  const sureness = (margin: number) => 1 / (1 + Math.exp(-Math.abs(margin)));
  const binOf = (margin: number) =>
    Math.min(numBins - 1, Math.floor((sureness(margin) - 0.5) * 2 * numBins));
  const bins = Array.from({ length: numBins }, (_, bin) => {
    const inside = margins.filter((margin) => binOf(margin) === bin);
    const predicted = meanOf(inside.map(sureness));
    const observed = inside.filter((margin) => margin > 0).length / inside.length;
    const [from, to] = [0.5 + bin / (2 * numBins), 0.5 + (bin + 1) / (2 * numBins)];
    return { from, to, numPairs: inside.length, predicted, observed };
  });
  const errors = bins.map(({ numPairs, predicted, observed }) =>
    numPairs === 0 ? 0 : numPairs * Math.abs(predicted - observed),
  );
  const total = errors.reduce((sum, error) => sum + error, 0);
  return { bins, calibrationError: total / margins.length };
}

/** Pearson's, so that a model that likes long answers shows, and one that likes long prompts does not. */
function lengthCorrelation(comparisons: readonly ScoredComparison[]): number {
  const centred = (values: readonly number[]) => values.map((value) => value - meanOf(values));
  const scores = comparisons.flatMap((comparison) => centred(comparison.scores));
  const lengths = comparisons.flatMap((comparison) => centred(comparison.lengths));
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  return product(scores, lengths) / Math.sqrt(product(scores, scores) * product(lengths, lengths));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
