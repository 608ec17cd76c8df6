/** What became of the records of all sources. */
import { AthanorError, Rejections } from '../../base/index.ts';
import type { RenderedConversation } from '../../chat/index.ts';
import type { Origin } from '../document.ts';

/** How values lie. */
export interface Distribution {
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
}

export interface ConversationCounts {
  numRead: number;
  numKept: number;
}

export interface ConversationReport extends ConversationCounts {
  /** Of those kept, how many lost their oldest turns, or of a plain text its end, to fit. */
  readonly numTruncated: number;
  /** How often for which reason; their sum and `numKept` are `numRead`. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The first places of each reason, as `file:line`. */
  readonly places: Readonly<Record<string, readonly string[]>>;
  /** By the names of the sources. */
  readonly sources: Readonly<Record<string, ConversationCounts>>;
  /** Tokens of what is kept, and how many of them are learned. */
  readonly numTokens: number;
  readonly numLearned: number;
  /** Tokens of each conversation kept; undefined when none is. */
  readonly lengths: Distribution | undefined;
  /** Messages of the assistant in each; 0 for a plain text. */
  readonly turns: Distribution | undefined;
}

/** One conversation that is kept, by its numbers. */
export interface KeptNumbers {
  readonly numTokens: number;
  readonly numLearned: number;
  readonly numTurns: number;
  readonly isTruncated: boolean;
}

export class ConversationTally {
  readonly #rejections = new Rejections();
  readonly #sources: Record<string, ConversationCounts> = {};
  readonly #kept: KeptNumbers[] = [];
  #numRead = 0;

  read({ source }: Origin): void {
    this.#numRead++;
    this.#countsOf(source).numRead++;
  }

  reject(reason: string, { file, record }: Origin): void {
    this.#rejections.add(reason, record === undefined ? { file } : { file, line: record });
  }

  keep({ source }: Origin, numbers: KeptNumbers): void {
    this.#countsOf(source).numKept++;
    this.#kept.push(numbers);
  }

  /** @throws AthanorError when a record was lost or counted twice. */
  report(): ConversationReport {
    const numRejected = sum(Object.values(this.#rejections.counts));
    const numKept = this.#kept.length;
    if (this.#numRead !== numKept + numRejected) {
      throw new AthanorError({
        what: 'the conversations read',
        must: `equal kept + rejected (${numKept} + ${numRejected})`,
        got: String(this.#numRead),
        hint: 'this is a bug',
      });
    }
    return {
      numRead: this.#numRead,
      numKept,
      numTruncated: this.#kept.filter(({ isTruncated }) => isTruncated).length,
      rejected: this.#rejections.counts,
      places: this.#rejections.places,
      sources: this.#sources,
      numTokens: sum(this.#kept.map(({ numTokens }) => numTokens)),
      numLearned: sum(this.#kept.map(({ numLearned }) => numLearned)),
      lengths: distributionOf(this.#kept.map(({ numTokens }) => numTokens)),
      turns: distributionOf(this.#kept.map(({ numTurns }) => numTurns)),
    };
  }

  #countsOf(source: string): ConversationCounts {
    this.#sources[source] ??= { numRead: 0, numKept: 0 };
    return this.#sources[source];
  }
}

/** How many tokens of a conversation are learned. */
export function numLearnedOf({ learned }: RenderedConversation): number {
  return learned.reduce((total, one) => total + one, 0);
}

function distributionOf(values: readonly number[]): Distribution | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
  if (sorted.length === 0) return undefined;
  const mean = sum(sorted) / sorted.length;
  return { min: sorted[0] as number, median: at(0.5), mean, p95: at(0.95), max: at(1) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
