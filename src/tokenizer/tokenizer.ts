import { ConfigError } from '../base/index.ts';
import { encodeInSlices, SliceEncoder } from './bpe/encode-in-slices.ts';
import { Encoder } from './bpe/encoder.ts';
import { MergeTable } from './bpe/merge-table.ts';
import { mergesOfRanks } from './bpe/merges-of-ranks.ts';
import { StreamEncoder } from './bpe/stream-encoder.ts';
import { TokenBuffer } from './bpe/token-buffer.ts';
import { Vocabulary } from './bpe/vocabulary.ts';
import { NfcStream, nfc, nfcBytes } from './nfc.ts';
import { SpecialTokens } from './special-tokens.ts';
import { splitterNamed } from './splitters/splitter.ts';
import { StreamDecoder } from './stream-decoder.ts';
import type { TokenizerData } from './tokenizer-data.ts';
import { byteIdsOf, checkTokenizerData, hashTokenizerData } from './tokenizer-identity.ts';

/**
 * Byte-level BPE: any bytes become tokens and come back unchanged. Strings are encoded as UTF-8; a
 * lone surrogate in a string becomes U+FFFD, since UTF-8 cannot hold it. With the normalizer NFC
 * only text that is in form C comes back unchanged; other text comes back as its form C.
 */
export class Tokenizer {
  readonly data: TokenizerData;
  /** One more than the largest id, special tokens included; what a model's embedding must cover. */
  readonly vocabSize: number;
  /** The special tokens; `encode` never makes one. */
  readonly specialTokens: SpecialTokens;
  readonly #vocabulary: Vocabulary;
  readonly #encoder: Encoder;
  readonly #out = new TokenBuffer();
  #hash: string | undefined;

  /** @throws ConfigError when a byte has no token, or two tokens share their id or their bytes. */
  constructor(data: TokenizerData) {
    checkTokenizerData(data);
    this.data = data;
    this.#vocabulary = new Vocabulary(data.tokens);
    this.specialTokens = new SpecialTokens(data.specialTokens);
    this.vocabSize = Math.max(data.tokens.length, ...[...data.specialTokens.values()].map(next));
    const ranksAreIds = data.merges === 'ranks';
    const merges = data.merges === 'ranks' ? mergesOfRanks(this.#vocabulary) : data.merges;
    this.#encoder = new Encoder({
      splitter: splitterNamed(data.splitter),
      vocabulary: this.#vocabulary,
      merges: new MergeTable(merges, byteIdsOf(data), ranksAreIds),
      wholePieces: data.wholePieces,
    });
  }

  /** SHA-256 of everything that decides the ids, in hex; shards and checkpoints record it. */
  get hash(): string {
    this.#hash ??= hashTokenizerData(this.data);
    return this.#hash;
  }

  /** The tokens of a text or of any bytes, never a special token. */
  encode(text: string | Uint8Array): Uint32Array<ArrayBuffer> {
    return this.encodeInPlace(text).slice();
  }

  /** As `encode`, without a copy: the tokens stand where the next call writes its own. */
  encodeInPlace(text: string | Uint8Array): Uint32Array<ArrayBuffer> {
    const bytes = this.#bytesToSplit(text);
    this.#out.clear();
    this.#encoder.encode(bytes, 0, bytes.length, this.#out);
    return this.#out.ids.subarray(0, this.#out.length);
  }

  /**
   * The same for text of the program's own, in which special tokens stand for themselves. Never
   * give it what a user wrote.
   */
  encodeWithSpecialTokens(
    text: string,
    allowed: 'all' | readonly string[] = 'all',
  ): Uint32Array<ArrayBuffer> {
    const out = new TokenBuffer();
    for (const part of this.specialTokens.cut(text, allowed)) {
      if (typeof part === 'number') out.push(part);
      else out.append(this.encode(part));
    }
    return out.take();
  }

  /** As `encode`, but never holds up the event loop for long, whatever the text. */
  encodeInSlices(text: string | Uint8Array): Promise<Uint32Array<ArrayBuffer>> {
    return encodeInSlices(this.#encoder, text, this.#newNormalizer());
  }

  /** As `encodeInSlices`, without copies, for texts one after the other. */
  sliceEncoder(maxTurnMs: number): SliceEncoder {
    return new SliceEncoder(this.#encoder, () => this.#newNormalizer(), maxTurnMs);
  }

  /** Encodes one text that arrives in parts. */
  streamEncoder(): StreamEncoder {
    return new StreamEncoder(this.#encoder, this.#newNormalizer());
  }

  /** The text of tokens; bytes that are not UTF-8 become U+FFFD. */
  decode(ids: ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.decodeBytes(ids));
  }

  /** The exact bytes of tokens. @throws ConfigError for an id that is no token. */
  decodeBytes(ids: ArrayLike<number>): Uint8Array<ArrayBuffer> {
    let sizeBytes = 0;
    for (let i = 0; i < ids.length; i++) sizeBytes += this.bytesOf(ids[i] as number).length;
    const bytes = new Uint8Array(sizeBytes);
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      const token = this.bytesOf(ids[i] as number);
      // Most tokens are a few bytes, for which a loop is faster than a call of `set`.
      for (let from = 0; from < token.length; from++) bytes[at++] = token[from] as number;
    }
    return bytes;
  }

  streamDecoder(): StreamDecoder {
    return new StreamDecoder((id) => this.bytesOf(id));
  }

  /** The bytes of one token, special or not. @throws ConfigError for an id that is no token. */
  bytesOf(id: number): Uint8Array {
    const bytes = this.#vocabulary.bytesOf(id);
    if (bytes.length > 0) return bytes;
    const special = this.specialTokens.textOf(id);
    if (special !== undefined) return new TextEncoder().encode(special);
    throw new ConfigError({
      what: 'a token id',
      must: `be one of the tokenizer's ${this.vocabSize}`,
      got: String(id),
      hint: 'tokens of another tokenizer, or of a padded vocabulary, cannot be decoded',
    });
  }

  #bytesToSplit(text: string | Uint8Array): Uint8Array {
    const isNfc = this.data.normalizer === 'NFC';
    if (typeof text === 'string') return new TextEncoder().encode(isNfc ? nfc(text) : text);
    return isNfc ? nfcBytes(text) : text;
  }

  #newNormalizer(): NfcStream | undefined {
    return this.data.normalizer === 'NFC' ? new NfcStream() : undefined;
  }
}

function next(id: number): number {
  return id + 1;
}
