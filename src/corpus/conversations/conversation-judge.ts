import type { DuplicateRules, EvaluationSet } from '../deduplicate/index.ts';
import type { Drop, Origin } from '../document.ts';
import {
  type ConversationReport,
  ConversationTally,
  type KeptNumbers,
  numLearnedOf,
} from './conversation-report.ts';
import type { ConversationRecord } from './conversation-source.ts';
import { type FitOptions, fitConversation } from './fit-conversation.ts';
import { EvaluationTexts, SeenConversations } from './known-texts.ts';
import { NearDuplicates } from './near-duplicates.ts';

export interface JudgeOptions extends FitOptions {
  /**
   * Which conversations are left out for others: those equal to an earlier one to the letter, those that
   * say nearly the same, or none. Data made from patterns is nearly the same everywhere. Default: `exact`.
   */
  readonly duplicates?: 'exact' | 'near' | 'keep' | undefined;
  /** When near ones are. Default: those of the corpus. */
  readonly duplicateRules?: DuplicateRules | undefined;
  /** Texts on which models will be measured: conversations that hold one are left out. */
  readonly evaluationSets?: readonly EvaluationSet[] | undefined;
}

interface Candidate {
  /** Which record it is. */
  readonly at: number;
  readonly origin: Origin;
  readonly numbers: KeptNumbers;
}

/** Decides, one after the other, which conversations are kept, and counts. */
export class ConversationJudge {
  readonly #options: JudgeOptions;
  readonly #tally = new ConversationTally();
  readonly #seen = new SeenConversations();
  readonly #near: NearDuplicates | undefined;
  readonly #evaluation: EvaluationTexts | undefined;
  readonly #candidates: Candidate[] = [];
  #numRead = 0;

  constructor(options: JudgeOptions) {
    const { duplicates, duplicateRules, evaluationSets } = options;
    this.#options = options;
    this.#near = duplicates === 'near' ? new NearDuplicates(duplicateRules) : undefined;
    this.#evaluation = evaluationSets && new EvaluationTexts(evaluationSets);
  }

  add(record: ConversationRecord): void {
    const { origin } = record;
    const at = this.#numRead++;
    this.#tally.read(origin);
    const judged = this.#judge(record);
    if ('rejected' in judged) this.#tally.reject(judged.rejected.reason, origin);
    else this.#candidates.push({ at, origin, numbers: judged });
  }

  /** What became of all, and of each record its tokens: 0 for those that are left out. */
  finish(): { report: ConversationReport; lengths: Uint32Array } {
    const lengths = new Uint32Array(this.#numRead);
    const repeated = this.#near?.find();
    for (const [index, { at, origin, numbers }] of this.#candidates.entries()) {
      if (repeated?.has(index)) {
        this.#tally.reject('duplicate: near', origin);
        continue;
      }
      this.#tally.keep(origin, numbers);
      lengths[at] = numbers.numTokens;
    }
    return { report: this.#tally.report(), lengths };
  }

  [Symbol.dispose](): void {
    this.#near?.close();
  }

  #judge(record: ConversationRecord): KeptNumbers | { readonly rejected: Drop } {
    if ('rejected' in record) return record;
    const fitted = fitConversation(record, this.#options);
    if ('rejected' in fitted) return fitted;
    const value = this.#evaluation?.findIn(record);
    if (value !== undefined)
      return { rejected: { reason: 'contamination: evaluation set', value } };
    if (this.#options.duplicates !== 'keep' && !this.#seen.add(record)) {
      return { rejected: { reason: 'duplicate: exact' } };
    }
    this.#near?.add(record);
    const { rendered, messages, isTruncated } = fitted;
    return {
      numTokens: rendered.ids.length,
      numLearned: numLearnedOf(rendered),
      numTurns: messages.filter(({ role }) => role === 'assistant').length,
      isTruncated,
    };
  }
}
