/** The stretches of a conversation that are encoded each on its own. */
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { RenderedConversation } from '../chat-template.ts';

export interface Part {
  /** Special tokens stand for themselves in scaffolding, and never in content. */
  readonly kind: 'scaffolding' | 'content';
  readonly text: string;
  /** The index of its message; −1 for the beginning of the text. */
  readonly turn: number;
  readonly isLearned: boolean;
}

/** A template has a handful of texts; one that writes ever new ones shall not fill the memory. */
const maxCached = 1_000;

export class PartEncoder {
  readonly #tokenizer: Tokenizer;
  readonly #scaffolding = new Map<string, Uint32Array<ArrayBuffer>>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  encode(parts: readonly Part[]): RenderedConversation {
    const encoded = parts.map(({ kind, text }) =>
      kind === 'content' ? this.#tokenizer.encode(text) : this.scaffolding(text),
    );
    const length = encoded.reduce((sum, ids) => sum + ids.length, 0);
    const ids = new Uint32Array(length);
    const turns = new Int16Array(length);
    const learned = new Uint8Array(length);
    let at = 0;
    for (const [index, { turn, isLearned }] of parts.entries()) {
      const part = encoded[index] as Uint32Array;
      ids.set(part, at);
      turns.fill(turn, at, at + part.length);
      learned.fill(isLearned ? 1 : 0, at, at + part.length);
      at += part.length;
    }
    return { ids, turns, learned };
  }

  /** The tokens of the template's own text. */
  scaffolding(text: string): Uint32Array<ArrayBuffer> {
    const known = this.#scaffolding.get(text);
    if (known !== undefined) return known;
    const ids = this.#tokenizer.encodeWithSpecialTokens(text);
    if (this.#scaffolding.size >= maxCached) this.#scaffolding.clear();
    this.#scaffolding.set(text, ids);
    return ids;
  }
}

/** A plain text between the tokens at which texts begin and end, where there are such. */
export function partsOfText(text: string, begin = '', end = ''): Part[] {
  return [
    { kind: 'scaffolding', text: begin, turn: -1, isLearned: false },
    { kind: 'content', text, turn: 0, isLearned: true },
    { kind: 'scaffolding', text: end, turn: 0, isLearned: true },
  ];
}
