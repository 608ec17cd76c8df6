/**
 * The rows that a model continues together: one forward pass gives each of them a token.
 *
 * Shapes: B rows, T positions, C hidden, V vocabulary.
 */
import { type Device, noGrad, scope, type Tensor, tensor } from '../tensor/index.ts';
import { cachePass } from './cache-pass.ts';
import { type CausalModel, deviceOf, evaluating } from './causal-model.ts';
import type { InferenceWeights } from './inference-weights.ts';
import { KvCache } from './kv-cache.ts';
import { lastOfEach } from './last-of-each.ts';
import { type SampledToken, sampleTokens } from './sample-tokens.ts';
import { checkCount, type Sequence } from './sequence.ts';

/** The most tokens, padding included, that one pass over new prompts reads. */
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
  readonly #model: CausalModel;
  readonly #device: Device;
  readonly #numTokens: number;
  readonly #weights: InferenceWeights | undefined;
  readonly #cache: KvCache;
  /** Row i of the cache belongs to sequence i. */
  readonly #sequences: Sequence[] = [];
  readonly maxBatchSize: number;

  constructor(model: CausalModel, { maxBatchSize = 32, numTokens, weights }: BatchConfig) {
    checkCount('maxBatchSize', maxBatchSize);
    const { vocabSize, contextLength } = model.config;
    this.maxBatchSize = maxBatchSize;
    this.#model = model;
    this.#device = deviceOf(model);
    this.#numTokens = Math.min(numTokens ?? vocabSize, vocabSize);
    this.#weights = weights;
    this.#cache = new KvCache(maxBatchSize, contextLength);
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
    const admitted = waiting.slice(0, numFitting(waiting, this.maxBatchSize - firstRow));
    const lengths = admitted.map(({ tokens }) => tokens.length);
    const starts = lengths.map(() => 0);
    const sampled = this.#infer(() => {
      const hidden = this.#forward(admitted, firstRow, starts, Math.max(...lengths));
      return this.#sample(admitted, lastOfEach(hidden, lengths));
    });
    this.#sequences.push(...admitted);
    return sampled;
  }

  /** Gives each row its next token. The caller appends them. */
  step(): Map<Sequence, SampledToken> {
    return this.#infer(() => {
      // The last token of a row was sampled and not yet read.
      const starts = this.#sequences.map(({ tokens }) => tokens.length - 1);
      const hidden = this.#forward(this.#sequences, 0, starts, 1);
      return this.#sample(this.#sequences, hidden.squeeze(1));
    });
  }

  /** Ends a sequence; the last row moves to its place. */
  remove(sequence: Sequence): void {
    const row = this.#sequences.indexOf(sequence);
    if (row < 0) return;
    const last = this.#sequences.pop();
    if (last === undefined || last === sequence) return;
    this.#sequences[row] = last;
    scope(() => this.#cache.copyRow(this.#sequences.length, row, last.tokens.length));
  }

  /** Ends all sequences and frees the cache. */
  dispose(): void {
    this.#sequences.length = 0;
    this.#cache.dispose();
  }

  /** Whatever `body` makes is freed, and nothing is recorded for differentiation. */
  #infer<T>(body: () => T): T {
    const run = () => noGrad(() => scope(() => evaluating(this.#model, body)));
    return this.#weights === undefined ? run() : this.#weights.use(run);
  }

  /** Hidden states [B, T, C] of the next `numNew` tokens of some rows, from `starts` on. */
  #forward(
    sequences: readonly Sequence[],
    firstRow: number,
    starts: readonly number[],
    numNew: number,
  ): Tensor {
    const device = this.#device;
    const shape = [sequences.length, numNew];
    const ids = new BigInt64Array(sequences.length * numNew);
    const places = new BigInt64Array(sequences.length * numNew);
    for (const [row, { tokens }] of sequences.entries()) {
      const start = starts[row] ?? 0;
      for (let i = 0; i < numNew; i++) {
        // Behind the end of a shorter prompt any token does: nothing will see it.
        ids[row * numNew + i] = BigInt(tokens[start + i] ?? 0);
        places[row * numNew + i] = BigInt(start + i);
      }
    }
    const positions = tensor(places, { shape, device });
    const cache = cachePass(this.#cache, { firstRow, starts, positions });
    return this.#model.forward(tensor(ids, { shape, device }), { positions, cache });
  }

  #sample(sequences: readonly Sequence[], hidden_BC: Tensor): Map<Sequence, SampledToken> {
    const logits_BV = this.#model.logits(hidden_BC).narrow(-1, 0, this.#numTokens);
    const withLogprobs = sequences.some((sequence) => sequence.withLogprobs);
    const rows = sequences.map((sequence) => sequence.samplingRow());
    const sampled = sampleTokens(logits_BV, rows, withLogprobs);
    return new Map(sequences.map((sequence, i) => [sequence, sampled[i] as SampledToken]));
  }
}

/** How many of the first sequences fit into the free rows and one pass; at least one. */
function numFitting(waiting: readonly Sequence[], numFreeRows: number): number {
  let longest = 0;
  for (const [i, { tokens }] of waiting.entries()) {
    longest = Math.max(longest, tokens.length);
    const isFull = i >= numFreeRows || (i + 1) * longest > maxPromptTokens;
    if (isFull && i > 0) return i;
  }
  return waiting.length;
}
