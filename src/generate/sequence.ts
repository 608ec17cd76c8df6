import { randomInt } from 'node:crypto';
import { ConfigError, type Seed, uniformAt } from '../base/index.ts';
import type { CausalModel } from './causal-model.ts';
import type { SampledToken, SamplingRow } from './sample-tokens.ts';
import { resolveSampling, type Sampling, type SamplingConfig } from './sampling-config.ts';

/** `stop`: a stop token or stop sequence came; `length`: maxTokens or the context was reached. */
export type FinishReason = 'stop' | 'length' | 'aborted';

/** One prompt and how to continue it. */
export interface TokenRequest extends SamplingConfig {
  /** At least one token, and fewer than the model's context. */
  prompt: ArrayLike<number>;
  /** The most tokens to generate. Default: as many as the context holds. */
  maxTokens?: number;
  /** Tokens after which a sequence ends, such as the end of a text. Default: none. */
  stopTokens?: readonly number[];
  /** Of the random numbers. Default: another one for each request. */
  seed?: Seed;
  /** Tells apart requests that share a seed; a draw depends on (seed, stream, position). Default: 0. */
  stream?: number;
  /** Whether to compute log-probabilities. Default: false. */
  logprobs?: boolean;
  /** Ends the request where it stands, with the reason `aborted`. */
  signal?: AbortSignal;
}

/** A prompt and what was generated after it: the state of one row. */
export class Sequence {
  readonly tokens: number[];
  readonly promptLength: number;
  readonly withLogprobs: boolean;
  readonly signal: AbortSignal | undefined;
  readonly #sampling: Sampling;
  readonly #seenTokens: Set<number>;
  readonly #stopTokens: ReadonlySet<number>;
  readonly #maxLength: number;
  readonly #seed: Seed;
  readonly #stream: number;

  /** @throws ConfigError for a prompt that does not fit the model, and settings out of range. */
  constructor(request: TokenRequest, model: CausalModel) {
    const { prompt, maxTokens, seed = randomInt(2 ** 47), stream = 0 } = request;
    const { contextLength, vocabSize } = model.config;
    checkPrompt(prompt, contextLength, vocabSize);
    checkCount('maxTokens', maxTokens ?? 1);
    this.#sampling = resolveSampling(request);
    uniformAt(seed, stream, 0); // A wrong seed throws here, and not in the middle of a batch.
    this.tokens = Array.from(prompt);
    this.promptLength = prompt.length;
    this.withLogprobs = request.logprobs ?? false;
    this.signal = request.signal;
    this.#seenTokens = new Set(this.tokens);
    this.#stopTokens = new Set(request.stopTokens);
    this.#maxLength = Math.min(contextLength, prompt.length + (maxTokens ?? contextLength));
    this.#seed = seed;
    this.#stream = stream;
  }

  /** What sampling needs to know for the next token. */
  samplingRow(): SamplingRow {
    const uniform = uniformAt(this.#seed, this.#stream, this.tokens.length - this.promptLength);
    return { sampling: this.#sampling, seenTokens: this.#seenTokens, uniform };
  }

  /** Appends a token and says whether the sequence ends with it. */
  append({ token }: SampledToken): FinishReason | null {
    this.tokens.push(token);
    this.#seenTokens.add(token);
    if (this.#stopTokens.has(token)) return 'stop';
    return this.tokens.length >= this.#maxLength ? 'length' : null;
  }

  isStopToken(token: number): boolean {
    return this.#stopTokens.has(token);
  }
}

function checkPrompt(prompt: ArrayLike<number>, contextLength: number, vocabSize: number): void {
  if (prompt.length === 0) {
    throw new ConfigError({
      what: 'the prompt',
      must: 'have at least one token',
      got: 'none',
      hint: 'begin with the token that separates texts, such as <|endoftext|>',
    });
  }
  if (prompt.length >= contextLength) {
    throw new ConfigError({
      what: 'the prompt',
      must: `be shorter than the model's context of ${contextLength} tokens`,
      got: `${prompt.length} tokens`,
      hint: `leave out at least ${prompt.length - contextLength + 1} tokens, the oldest first`,
    });
  }
  for (let i = 0; i < prompt.length; i++) {
    const token = prompt[i] as number;
    if (Number.isSafeInteger(token) && token >= 0 && token < vocabSize) continue;
    throw new ConfigError({
      what: `prompt[${i}]`,
      must: `be a token of the model, below ${vocabSize}`,
      got: String(token),
      hint: 'encode the prompt with the tokenizer that the model was trained with',
    });
  }
}

/** @throws ConfigError unless the value is a positive whole number. */
export function checkCount(what: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new ConfigError({ what, must: 'be a positive whole number', got: String(value) });
}
