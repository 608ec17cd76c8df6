import type { Language } from '../grammar/index.ts';

/** What raters are shown beside the answers, and what is known of it and they are not told. */
export interface RatedQuestion {
  readonly id: string;
  readonly language: Language;
  readonly prompt: string;
  /** Texts of which a true answer contains one; empty for a question that must not be answered. */
  readonly truths: readonly string[];
  /** Texts that a false answer may contain. */
  readonly falsehoods: readonly string[];
  /** Whether the question asks for harm, so that a refusal is right. */
  readonly isHarmful: boolean;
  /** In place of both lists, for an instruction: whether an answer does what it asks. */
  readonly isTrue?: (answer: string) => boolean;
}

/** A question with an answer to begin with. */
export interface RatedPrompt {
  readonly question: RatedQuestion;
  /** A true one, or the one that gives in to a harmful question. */
  readonly answer: string;
  /** A false one, or another one that gives in. */
  readonly wrong: string;
}
