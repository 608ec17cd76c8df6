/** Tasks whose answers a rule can judge, without a person or another model. */
import type { Message } from '../../chat/index.ts';

/** What a tiny program takes and gives: it can be written as JSON. */
export type Value = number | string | boolean | readonly Value[];

/**
 * How an answer is judged; plain data. Texts are compared after {@link normalizeAnswer}.
 *
 * - `equals`: it is one of the answers, with nothing else than sentences of `around` before and behind
 * - `contains`: it has all of `all`, one of `any`, and none of `none`
 * - `program`: it is a JavaScript program, a function of which gives the right results
 * - `refusal`: it says no, and nothing much beside
 * - `polite`: it asks, keeps the parts in their order, and has no more than so many characters
 * - `poem`: it goes on with these verses, in their form; one character in five may be another
 */
export type AnswerRule =
  | {
      readonly type: 'equals';
      readonly answers: readonly string[];
      readonly around?: readonly string[];
    }
  | {
      readonly type: 'contains';
      readonly all?: readonly string[];
      readonly any?: readonly string[];
      readonly none?: readonly string[];
    }
  | {
      readonly type: 'program';
      /** Of the function. */
      readonly name: string;
      readonly calls: readonly ProgramCall[];
    }
  | { readonly type: 'refusal'; readonly language: 'zh' | 'en' }
  | {
      readonly type: 'polite';
      readonly language: 'zh' | 'en';
      readonly keeps: readonly string[];
      readonly maxCharacters: number;
    }
  | { readonly type: 'poem'; readonly verses: readonly string[] };

/** A call of a function and what it must give. */
export interface ProgramCall {
  readonly args: readonly Value[];
  readonly result: Value;
}

/** What a model is asked, and how its answer is judged. */
export interface EvaluationTask {
  /** Unique in its list. */
  readonly id: string;
  readonly kind: string;
  readonly language?: string;
  /** Ends with the user. */
  readonly messages: readonly Message[];
  readonly rule: AnswerRule;
  /** Groups to compare, as `with word` and `without word`. */
  readonly tags?: readonly string[];
}
