/** Tokens that no text makes: they come from templates, or from text only when it is asked for. */
import { ConfigError } from '../base/index.ts';

export class SpecialTokens {
  /** The id of each special token, by its text. */
  readonly ids: ReadonlyMap<string, number>;
  readonly #texts = new Map<number, string>();
  #all: RegExp | undefined;

  constructor(ids: ReadonlyMap<string, number>) {
    this.ids = ids;
    for (const [text, id] of ids) this.#texts.set(id, text);
  }

  /** @throws ConfigError when the tokenizer has no such special token. */
  idOf(text: string): number {
    const id = this.ids.get(text);
    if (id !== undefined) return id;
    throw new ConfigError({
      what: 'a special token',
      must: `be one of the tokenizer's own (${[...this.ids.keys()].slice(0, 20).join(', ')})`,
      got: JSON.stringify(text),
    });
  }

  /** The text of a special token; undefined for other ids. */
  textOf(id: number): string | undefined {
    return this.#texts.get(id);
  }

  /**
   * Cuts a text at the special tokens in it, leftmost first and longest of those that start
   * together. The parts are strings and ids in the order of the text.
   */
  *cut(text: string, allowed: 'all' | readonly string[]): Generator<string | number> {
    const pattern = allowed === 'all' ? this.#allPattern() : this.#patternOf(allowed);
    let start = 0;
    for (const match of pattern === undefined ? [] : text.matchAll(pattern)) {
      if (match.index > start) yield text.slice(start, match.index);
      yield this.idOf(match[0]);
      start = match.index + match[0].length;
    }
    if (start < text.length) yield text.slice(start);
  }

  #allPattern(): RegExp | undefined {
    this.#all ??= this.#patternOf([...this.ids.keys()]);
    return this.#all;
  }

  #patternOf(texts: readonly string[]): RegExp | undefined {
    if (texts.length === 0) return undefined;
    for (const text of texts) this.idOf(text);
    const longestFirst = [...texts].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map(escapeForRegExp).join('|'), 'g');
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
