import type { Tokenizer } from '../tokenizer/index.ts';
import type { CausalModel } from './causal-model.ts';
import { ContinuousBatching, type Job } from './continuous-batching.ts';
import type { BatchConfig } from './decoding-batch.ts';
import { Sequence, type TokenRequest } from './sequence.ts';
import { type TextChunk, TextStream } from './text-stream.ts';

/** One text and how to continue it. */
export interface TextRequest extends Omit<TokenRequest, 'prompt'> {
  /** A text, in which special tokens mean nothing, or tokens. */
  prompt: string | ArrayLike<number>;
  /** Texts before which the generated text ends. Default: none. */
  stop?: readonly string[];
}

/**
 * Continues texts with one model, any number at once: requests join and leave the batch while it
 * runs. It holds the cache; `dispose` frees it. The model stays the caller's.
 */
export class GenerationEngine {
  readonly #model: CausalModel;
  readonly #tokenizer: Tokenizer;
  readonly #batching: ContinuousBatching;

  /** @throws ConfigError for a batch size that is none. */
  constructor(model: CausalModel, tokenizer: Tokenizer, config: BatchConfig = {}) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#batching = new ContinuousBatching(model, { numTokens: tokenizer.vocabSize, ...config });
  }

  /**
   * Starts a request and streams its text in whole characters. The last chunk has the reason why it
   * ends. Leaving the loop early ends the request; once `dispose` was called, it is `aborted`.
   * @throws ConfigError at once for a prompt that does not fit and settings out of range.
   */
  stream(request: TextRequest): AsyncGenerator<TextChunk, void> {
    const { prompt, stop = [] } = request;
    const tokens = typeof prompt === 'string' ? this.#tokenizer.encode(prompt) : prompt;
    const sequence = new Sequence({ ...request, prompt: tokens }, this.#model);
    const text = new TextStream(sequence, this.#tokenizer.streamDecoder(), stop);
    let job: Job;
    const chunks = new ReadableStream<TextChunk>({
      start: (controller) => {
        job = textJob(sequence, text, controller);
        this.#batching.submit(job);
      },
      cancel: () => this.#batching.cancel(job),
    });
    return iterate(chunks);
  }

  /** Aborts what runs and frees the cache. */
  dispose(): void {
    this.#batching.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/**
 * Continues one text; see {@link GenerationEngine} for many.
 *
 *     for await (const { text } of generate(model, tokenizer, { prompt: '春眠不觉晓，' })) …
 *
 * @throws ConfigError for a prompt that does not fit and settings out of range.
 */
export async function* generate(
  model: CausalModel,
  tokenizer: Tokenizer,
  request: TextRequest,
  config: Omit<BatchConfig, 'maxBatchSize'> = {},
): AsyncGenerator<TextChunk, void> {
  const engine = new GenerationEngine(model, tokenizer, { ...config, maxBatchSize: 1 });
  try {
    yield* engine.stream(request);
  } finally {
    engine.dispose();
  }
}

function textJob(
  sequence: Sequence,
  text: TextStream,
  controller: ReadableStreamDefaultController<TextChunk>,
): Job {
  const send = (chunk: TextChunk) => {
    controller.enqueue(chunk);
    if (chunk.finishReason !== null) controller.close();
    return chunk.finishReason !== null;
  };
  return {
    sequence,
    onToken(sampled, reason) {
      const chunk = text.push(sampled, reason);
      return chunk !== null && send(chunk);
    },
    onAbort: () => send(text.end('aborted')),
    onError: (error) => controller.error(error),
  };
}

async function* iterate(chunks: ReadableStream<TextChunk>): AsyncGenerator<TextChunk, void> {
  yield* chunks;
}
