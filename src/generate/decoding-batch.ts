/**
 * The rows that a model continues together: one forward pass gives each of them a token.
 *
 * Shapes: B rows, C hidden, V vocabulary.
 */
import { readsInOneRow } from '../nn/index.ts';
import { noGrad, scope, type Tensor } from '../tensor/index.ts';
import { type CausalModel, deviceOf, evaluating } from './causal-model.ts';
import { type Reader, readLastTokens, readPrompts } from './forward-passes.ts';
import type { InferenceWeights } from './inference-weights.ts';
import { KvCache } from './kv-cache.ts';
import { type SampledToken, sampleTokens } from './sample-tokens.ts';
import { checkCount, type Sequence } from './sequence.ts';

/** The most tokens that one pass over new prompts reads, padding included where there is any. */
const maxPromptTokens = 2048;

export interface BatchConfig {
  /** The most rows. Default: 32. */
  maxBatchSize?: number;
  /** Tokens that may be chosen: the first ones, when a model's vocabulary is padded. Default: all. */
  numTokens?: number;
  /** What the model multiplies with in place of its parameters. Default: the parameters. */
  weights?: InferenceWeights;
}

export class DecodingBatch {
  readonly #reader: Reader;
  readonly #numTokens: number;
  readonly #weights: InferenceWeights | undefined;
  /** Row i of the cache belongs to sequence i. */
  readonly #sequences: Sequence[] = [];
  readonly maxBatchSize: number;

  constructor(model: CausalModel, { maxBatchSize = 32, numTokens, weights }: BatchConfig) {
    checkCount('maxBatchSize', maxBatchSize);
    const { vocabSize, contextLength } = model.config;
    this.maxBatchSize = maxBatchSize;
    const cache = new KvCache(maxBatchSize, contextLength);
    this.#reader = { model, cache, device: deviceOf(model) };
    this.#numTokens = Math.min(numTokens ?? vocabSize, vocabSize);
    this.#weights = weights;
  }

  /** Those with a row, in the order of their rows. */
  get sequences(): readonly Sequence[] {
    return this.#sequences;
  }

  /**
   * Reads the prompts of the first of these sequences, as many as fit into one pass, and gives each
   * its first token. The caller appends the tokens.
   */
  admit(waiting: readonly Sequence[]): Map<Sequence, SampledToken> {
    const firstRow = this.#sequences.length;
    const lengths = waiting.map(({ tokens }) => tokens.length);
    const numFitting = this.#numFitting(lengths, this.maxBatchSize - firstRow);
    const admitted = waiting.slice(0, numFitting);
    const prompts = admitted.map(({ tokens }) => tokens);
    const sampled = this.#infer(() =>
      this.#sample(admitted, readPrompts(this.#reader, prompts, firstRow)),
    );
    this.#sequences.push(...admitted);
    return sampled;
  }

  /** Gives each row its next token. The caller appends them. */
  step(): Map<Sequence, SampledToken> {
    const rows = this.#sequences.map(({ tokens }) => tokens);
    return this.#infer(() => this.#sample(this.#sequences, readLastTokens(this.#reader, rows)));
  }

  /** Ends a sequence; the last row moves to its place. */
  remove(sequence: Sequence): void {
    const row = this.#sequences.indexOf(sequence);
    if (row < 0) return;
    const last = this.#sequences.pop();
    if (last === undefined || last === sequence) return;
    this.#sequences[row] = last;
    scope(() => this.#reader.cache.copyRow(this.#sequences.length, row, last.tokens.length));
  }

  /** Ends all sequences and frees the cache. */
  dispose(): void {
    this.#sequences.length = 0;
    this.#reader.cache.dispose();
  }

  /** Whatever `body` makes is freed, and nothing is recorded for differentiation. */
  #infer<T>(body: () => T): T {
    const run = () => noGrad(() => scope(() => evaluating(this.#reader.model, body)));
    return this.#weights === undefined ? run() : this.#weights.use(run);
  }

  #sample(sequences: readonly Sequence[], hidden_BC: Tensor): Map<Sequence, SampledToken> {
    const logits_BV = this.#reader.model.logits(hidden_BC).narrow(-1, 0, this.#numTokens);
    const withLogprobs = sequences.some((sequence) => sequence.withLogprobs);
    const rows = sequences.map((sequence) => sequence.samplingRow());
    const sampled = sampleTokens(logits_BV, rows, withLogprobs);
    return new Map(sequences.map((sequence, i) => [sequence, sampled[i] as SampledToken]));
  }

  /** How many of the first prompts fit into the free rows and one pass; at least one. */
  #numFitting(lengths: readonly number[], numFreeRows: number): number {
    const isPadded = !readsInOneRow(this.#reader.device);
    let [longest, sum] = [0, 0];
    for (const [i, length] of lengths.entries()) {
      longest = Math.max(longest, length);
      sum += length;
      const numTokens = isPadded ? (i + 1) * longest : sum;
      const isFull = i >= numFreeRows || numTokens > maxPromptTokens;
      if (isFull && i > 0) return i;
    }
    return lengths.length;
  }
}
