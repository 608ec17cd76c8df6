/** Counts the words in the `text` fields of JSON lines. A bad line is counted by reason, not fatal. */
import type { PieceCounter } from './piece-counter.ts';

/** Longer lines are left out: a string of that size is no document, and could not be held either. */
const maxLineBytes = 16 * 2 ** 20;

export class JsonLineCounter {
  numDocuments = 0;
  readonly rejected: Record<string, number> = {};
  readonly #pieces: PieceCounter;
  #pending: Uint8Array[] = [];
  #numPending = 0;

  constructor(pieces: PieceCounter) {
    this.#pieces = pieces;
  }

  push(block: Uint8Array): void {
    let start = 0;
    for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a, start)) {
      this.#keep(block.subarray(start, end));
      this.#finishLine();
      start = end + 1;
    }
    // The caller may use its block again, so what is kept is a copy.
    this.#keep(Uint8Array.from(block.subarray(start)));
  }

  end(): void {
    this.#finishLine();
  }

  #keep(bytes: Uint8Array): void {
    this.#numPending += bytes.length;
    if (this.#numPending <= maxLineBytes) this.#pending.push(bytes);
    else this.#pending = [];
  }

  #finishLine(): void {
    const isTooLong = this.#numPending > maxLineBytes;
    const line = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#numPending = 0;
    if (isTooLong) this.#reject('line too long');
    else if (line.some((byte) => byte > 0x20)) this.#countLine(line);
  }

  #countLine(line: Uint8Array): void {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    } catch (error) {
      this.#reject(error instanceof SyntaxError ? 'not JSON' : 'not UTF-8');
      return;
    }
    const text = textOf(value);
    if (typeof text !== 'string') this.#reject('no text field');
    else if (/\p{Surrogate}/u.test(text)) this.#reject('half a surrogate pair');
    else {
      this.numDocuments++;
      this.#pieces.count(new TextEncoder().encode(text));
    }
  }

  #reject(reason: string): void {
    this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
  }
}

/** The own field `text` of an object; undefined for anything else. */
function textOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'text'))
    return undefined;
  return (value as { text: unknown }).text;
}
