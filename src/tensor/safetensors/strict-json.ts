import { isUtf8 } from 'node:buffer';
import { FileError } from '../../base/index.ts';
import { excerpt } from './excerpt.ts';

const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads JSON from an untrusted file, one value at a time, as the caller asks for it. Nothing is kept
 * but what the caller keeps, so a hostile text costs no more memory than its own bytes.
 *
 * It refuses what `JSON.parse` lets through: duplicate keys (compared after unescaping), bytes that
 * are not UTF-8, half surrogates, integers that are negative, rounded or written in any but the
 * shortest way, and unbounded depth. Every refusal is a FileError that names source and byte.
 */
export class JsonCursor {
  readonly #bytes: Buffer;
  readonly #source: string;
  #position = 0;

  /** @param source what the bytes are, as messages begin: `model.safetensors: header`. */
  constructor(bytes: Buffer, source: string) {
    this.#bytes = bytes;
    this.#source = source;
    if (!isUtf8(bytes)) this.fail('be valid UTF-8', 'other bytes');
  }

  /** Reads an object; `onMember` gets each key and must read its value. */
  object(maxMembers: number, onMember: (key: string) => void): void {
    const keys = new Set<string>();
    this.#list('{', '}', () => {
      if (keys.size === maxMembers) this.fail(`have at most ${maxMembers} members`, 'more');
      const key = this.string();
      if (keys.has(key)) this.fail('have unique keys', `${excerpt(key)} twice`);
      keys.add(key);
      if (!this.#take(':')) this.fail('have ":" here');
      onMember(key);
    });
  }

  /** Reads an array; `onItem` must read one item. */
  array(maxItems: number, onItem: () => void): void {
    let numItems = 0;
    this.#list('[', ']', () => {
      if (numItems++ === maxItems) this.fail(`have at most ${maxItems} items`, 'more');
      onItem();
    });
  }

  string(): string {
    if (!this.#take('"')) this.fail('have a string here');
    const bytes = this.#bytes;
    const start = this.#position;
    let end = start;
    let isPlain = true;
    for (let byte = bytes[end]; byte !== quote; byte = bytes[++end]) {
      if (byte === undefined) this.fail('have a closing quote after here');
      if (byte < 0x20 || byte === backslash) isPlain = false;
      if (byte === backslash) end++;
    }
    const text = bytes.toString('utf8', start, end);
    const value = isPlain ? text : this.#unescape(text);
    this.#position = end + 1;
    return value;
  }

  /** Reads an integer from 0 to 2^53 − 1, written in digits alone and without leading zeros. */
  integer(): number {
    const text = this.#numberText();
    const value = Number(text);
    if (!/^(0|[1-9]\d*)$/.test(text) || !Number.isSafeInteger(value)) {
      this.fail('have an integer from 0 to 2^53 − 1 here, in plain digits', text && excerpt(text));
    }
    return value;
  }

  /** Reads any value, with at most `maxDepth` levels of nesting, and drops it. */
  skipValue(maxDepth: number): void {
    if (maxDepth < 0) this.fail('be nested less deeply', 'more levels');
    this.#skipSpace();
    const next = String.fromCharCode(this.#bytes[this.#position] ?? 0);
    if (next === '{') this.object(1_000, () => this.skipValue(maxDepth - 1));
    else if (next === '[') this.array(1_000, () => this.skipValue(maxDepth - 1));
    else if (next === '"') this.string();
    else if (!this.#take('true') && !this.#take('false') && !this.#take('null')) {
      const text = this.#numberText();
      const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);
      if (!isNumber) this.fail('have a JSON value here', text && excerpt(text));
    }
  }

  /** Checks that nothing but white space follows. */
  end(): void {
    this.#skipSpace();
    if (this.#position < this.#bytes.length) this.fail('end here');
  }

  /** Refuses the text at the current byte. */
  fail(must: string, got = ''): never {
    const end = Math.min(this.#position + 20, this.#bytes.length);
    const found = got || excerpt(this.#bytes.toString('utf8', this.#position, end));
    throw new FileError({ what: `${this.#source}, byte ${this.#position},`, must, got: found });
  }

  #list(open: string, close: string, readItem: () => void): void {
    if (!this.#take(open)) this.fail(`have "${open}" here`);
    if (this.#take(close)) return;
    do readItem();
    while (this.#take(','));
    if (!this.#take(close)) this.fail(`have "," or "${close}" here`);
  }

  /** Steps over white space and, if it comes next, over `token`. */
  #take(token: string): boolean {
    this.#skipSpace();
    for (let i = 0; i < token.length; i++) {
      if (this.#bytes[this.#position + i] !== token.charCodeAt(i)) return false;
    }
    this.#position += token.length;
    return true;
  }

  #skipSpace(): void {
    for (; this.#position < this.#bytes.length; this.#position++) {
      const byte = this.#bytes[this.#position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  }

  #unescape(text: string): string {
    // The text has no bare quote, so that this is one string literal, or an error.
    let value = '';
    try {
      value = JSON.parse(`"${text}"`) as string;
    } catch {
      this.fail('have only escapes that JSON knows, control characters too', excerpt(text));
    }
    return /\p{Cs}/u.test(value) ? this.fail('have whole surrogate pairs', excerpt(text)) : value;
  }

  #numberText(): string {
    this.#skipSpace();
    const start = this.#position;
    const isPart = (byte = 0) => '0123456789+-.eE'.includes(String.fromCharCode(byte));
    while (isPart(this.#bytes[this.#position])) this.#position++;
    return this.#bytes.toString('latin1', start, this.#position);
  }
}
