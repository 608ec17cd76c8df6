import type { StreamDecoder } from '../tokenizer/index.ts';
import type { SampledToken } from './sample-tokens.ts';
import type { FinishReason, Sequence } from './sequence.ts';
import { StopMatcher } from './stop-matcher.ts';

/** A part of a generated text. */
export interface TextChunk {
  /** Whole characters, without the stop sequence or stop token that ended the text. */
  text: string;
  /** The tokens that were generated since the chunk before, those of a stop sequence included. */
  tokens: number[];
  /** Of each of these tokens, under the model's own distribution; when they were asked for. */
  logprobs?: number[];
  /** Set in the last chunk. */
  finishReason: FinishReason | null;
}

/** Turns the tokens of one sequence into chunks of text. */
export class TextStream {
  readonly #sequence: Sequence;
  readonly #decoder: StreamDecoder;
  readonly #matcher: StopMatcher;
  #tokens: number[] = [];
  #logprobs: number[] = [];

  constructor(sequence: Sequence, decoder: StreamDecoder, stops: readonly string[]) {
    this.#sequence = sequence;
    this.#decoder = decoder;
    this.#matcher = new StopMatcher(stops);
  }

  /** The chunk that a token completes; null while there is nothing to show. */
  push({ token, logprob }: SampledToken, reason: FinishReason | null): TextChunk | null {
    this.#tokens.push(token);
    this.#logprobs.push(logprob);
    const isStopToken = this.#sequence.isStopToken(token);
    const { text, isStopped } = this.#matcher.push(isStopToken ? '' : this.#decoder.push(token));
    if (isStopped) return this.#chunk(text, 'stop');
    if (reason !== null) return this.end(reason, text);
    return text === '' ? null : this.#chunk(text, null);
  }

  /** The last chunk, with whatever was held back. */
  end(reason: FinishReason, textBefore = ''): TextChunk {
    const { text, isStopped } = this.#matcher.push(this.#decoder.end());
    const rest = isStopped ? '' : this.#matcher.end();
    return this.#chunk(textBefore + text + rest, isStopped ? 'stop' : reason);
  }

  #chunk(text: string, finishReason: FinishReason | null): TextChunk {
    const logprobs = this.#sequence.withLogprobs ? { logprobs: this.#logprobs } : {};
    const chunk = { text, tokens: this.#tokens, ...logprobs, finishReason };
    this.#tokens = [];
    this.#logprobs = [];
    return chunk;
  }
}
