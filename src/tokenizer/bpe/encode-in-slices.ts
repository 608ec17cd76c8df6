/** Encoding for programs that must go on answering: all long work is cut, copies included. */
import type { NfcStream } from '../nfc.ts';
import { safeCut } from '../splitters/safe-cut.ts';
import type { Encoder } from './encoder.ts';
import { TokenBuffer } from './token-buffer.ts';

/** Work goes on for this long between two turns of the event loop. */
const maxTurnMs = 4;
/** Characters that are turned into UTF-8 at once, and bytes of it that are normalized. */
const sliceLength = 2 ** 18;
/** Bytes that are encoded at once where a text can be cut, and searched for such a place. */
const partBytes = 2 ** 14;
const searchedBytes = 2 ** 12;
/** Tokens that are collected, and copied, at once. */
const partLength = 2 ** 17;

/** The tokens of a whole text. */
export async function encodeInSlices(
  encoder: Encoder,
  text: string | Uint8Array,
  normalizer: NfcStream | undefined,
): Promise<Uint32Array<ArrayBuffer>> {
  const turns = new Turns(maxTurnMs);
  const utf8 = typeof text === 'string' ? await utf8Of(text, turns) : text;
  const bytes = normalizer === undefined ? utf8 : await normalized(utf8, normalizer, turns);
  const out = new TokenBuffer();
  const parts: Uint32Array<ArrayBuffer>[] = [];
  for (const _ of encoder.slices(bytes, bytes.length, true, out)) {
    if (out.length >= partLength) parts.push(out.take());
    if (turns.isOver()) await turns.next();
  }
  parts.push(out.take());
  return joined(parts, new Uint32Array(totalLength(parts)), turns);
}

/** Encodes one text after the other as `encodeInSlices` does, each where the one before stood. */
export class SliceEncoder {
  readonly #encoder: Encoder;
  readonly #newNormalizer: () => NfcStream | undefined;
  readonly #maxTurnMs: number;
  readonly #out = new TokenBuffer();

  /** @param maxTurnMs work goes on for this long between two turns of the event loop */
  constructor(encoder: Encoder, newNormalizer: () => NfcStream | undefined, maxTurnMs: number) {
    this.#encoder = encoder;
    this.#newNormalizer = newNormalizer;
    this.#maxTurnMs = maxTurnMs;
  }

  /** The tokens of a whole text, until the next one is encoded. */
  async encode(utf8: Uint8Array): Promise<Uint32Array<ArrayBuffer>> {
    const turns = new Turns(this.#maxTurnMs);
    const normalizer = this.#newNormalizer();
    const bytes = normalizer === undefined ? utf8 : await normalized(utf8, normalizer, turns);
    const out = this.#out;
    out.clear();
    let at = 0;
    // Most texts can be cut, and then there is no unfinished piece to look for.
    for (let end = partEnd(bytes, at); end > at; end = partEnd(bytes, at)) {
      this.#encoder.encode(bytes, at, end, out);
      at = end;
      if (turns.isOver()) await turns.next();
    }
    const rest = bytes.subarray(at);
    for (const _ of this.#encoder.slices(rest, rest.length, true, out)) {
      if (turns.isOver()) await turns.next();
    }
    return out.ids.subarray(0, out.length);
  }
}

/** Where the part of a text that starts at `at` can end; -1 when that is not found. */
function partEnd(bytes: Uint8Array, at: number): number {
  const end = at + partBytes;
  return end < bytes.length ? safeCut(bytes, end, end + searchedBytes) : bytes.length;
}

class Turns {
  readonly #maxMs: number;
  #start = performance.now();

  constructor(maxMs: number) {
    this.#maxMs = maxMs;
  }

  isOver(): boolean {
    return performance.now() - this.#start > this.#maxMs;
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#start = performance.now();
  }
}

async function utf8Of(text: string, turns: Turns): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let start = 0; start < text.length; ) {
    const end = behindPair(text, Math.min(text.length, start + sliceLength));
    parts.push(encoder.encode(text.slice(start, end)));
    start = end;
    if (turns.isOver()) await turns.next();
  }
  return joined(parts, new Uint8Array(totalLength(parts)), turns);
}

/** The position, or the next one when it would part a surrogate pair. */
function behindPair(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}

async function normalized(
  utf8: Uint8Array,
  normalizer: NfcStream,
  turns: Turns,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < utf8.length; start += sliceLength) {
    const end = start + sliceLength;
    parts.push(normalizer.push(utf8.subarray(start, end), end >= utf8.length));
    if (turns.isOver()) await turns.next();
  }
  return joined(parts, new Uint8Array(totalLength(parts)), turns);
}

function totalLength(parts: readonly { length: number }[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Fills `all` with the parts, one behind the other. */
async function joined<Numbers extends Uint8Array | Uint32Array>(
  parts: readonly Numbers[],
  all: Numbers,
  turns: Turns,
): Promise<Numbers> {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
    if (turns.isOver()) await turns.next();
  }
  return all;
}
