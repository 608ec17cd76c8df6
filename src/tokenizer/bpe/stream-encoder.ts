/** Encodes a text that arrives in parts, to the same tokens as the whole. */
import type { NfcStream } from '../nfc.ts';
import type { Encoder } from './encoder.ts';
import { TokenBuffer } from './token-buffer.ts';

export class StreamEncoder {
  readonly #encoder: Encoder;
  readonly #normalizer: NfcStream | undefined;
  readonly #out = new TokenBuffer();
  #pending = new Uint8Array(0);
  #numPending = 0;
  /** Below this many bytes there is no use in trying again: one piece had not ended yet. */
  #retryAt = 0;

  /** @param normalizer what is done to the text before it is split. */
  constructor(encoder: Encoder, normalizer?: NfcStream) {
    this.#encoder = encoder;
    this.#normalizer = normalizer;
  }

  /** Takes the next part of the text; returns the tokens that it made final. */
  push(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
    for (const _ of this.slices(bytes, false));
    return this.take();
  }

  /** Ends the text; returns its last tokens. The encoder is then ready for another text. */
  end(): Uint32Array<ArrayBuffer> {
    for (const _ of this.slices(new Uint8Array(0), true));
    return this.take();
  }

  /** Does the work of `push` or `end` in slices of a few milliseconds; `take` has the tokens. */
  *slices(bytes: Uint8Array, isLast: boolean): Generator<void, void> {
    this.#append(this.#normalizer?.push(bytes, isLast) ?? bytes);
    if (this.#numPending < this.#retryAt && !isLast) return;
    const work = this.#encoder.slices(this.#pending, this.#numPending, isLast, this.#out);
    const done = yield* work;
    this.#pending.copyWithin(0, done, this.#numPending);
    this.#numPending -= done;
    // An endless word is scanned again only when it has doubled, so that scanning stays linear.
    this.#retryAt = isLast ? 0 : 2 * this.#numPending;
  }

  take(): Uint32Array<ArrayBuffer> {
    return this.#out.take();
  }

  #append(bytes: Uint8Array): void {
    const numBytes = this.#numPending + bytes.length;
    if (numBytes > this.#pending.length) {
      const grown = new Uint8Array(Math.max(numBytes, 2 * this.#pending.length));
      grown.set(this.#pending.subarray(0, this.#numPending));
      this.#pending = grown;
    }
    this.#pending.set(bytes, this.#numPending);
    this.#numPending = numBytes;
  }
}
