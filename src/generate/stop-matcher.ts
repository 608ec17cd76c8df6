import { ConfigError } from '../base/index.ts';

/** What may be shown, and whether a stop sequence has ended the text. */
export interface Matched {
  text: string;
  isStopped: boolean;
}

/**
 * Finds the first of several stop sequences in a text that arrives in parts. Text that may turn out
 * to begin one is held back until it is decided. The sequence that is complete first wins, of two
 * that end together the longer, so that the result does not depend on how the text was cut.
 */
export class StopMatcher {
  readonly #stops: readonly string[];
  #held = '';

  /** @throws ConfigError for an empty stop sequence. */
  constructor(stops: readonly string[]) {
    if (stops.includes('')) {
      throw new ConfigError({ what: 'a stop sequence', must: 'not be empty', got: "''" });
    }
    this.#stops = stops;
  }

  /** The text that is certain now; without the stop sequence when there is one. */
  push(part: string): Matched {
    const text = this.#held + part;
    const start = this.#firstMatch(text);
    if (start !== null) {
      this.#held = '';
      return { text: text.slice(0, start), isStopped: true };
    }
    const numHeld = this.#longestBeginning(text);
    this.#held = text.slice(text.length - numHeld);
    return { text: text.slice(0, text.length - numHeld), isStopped: false };
  }

  /** What was held back, once no more text comes. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  /** Where the match begins that ends first. */
  #firstMatch(text: string): number | null {
    let best: { start: number; end: number } | null = null;
    for (const stop of this.#stops) {
      const start = text.indexOf(stop);
      const end = start + stop.length;
      if (start < 0) continue;
      const isEarlier = best === null || end < best.end || (end === best.end && start < best.start);
      if (isEarlier) best = { start, end };
    }
    return best === null ? null : best.start;
  }

  /** The length of the longest end of the text with which a stop sequence begins. */
  #longestBeginning(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
