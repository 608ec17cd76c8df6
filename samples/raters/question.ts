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
}
