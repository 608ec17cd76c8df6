import type { Message } from '../../chat/index.ts';

/** A prompt of which the truth is known: a rule scores any answer, and simulated people rank some. */
export interface GoldPrompt {
  readonly id: string;
  /** Ends with the user. */
  readonly messages: readonly Message[];
  /** What the answer is worth, without anybody's noise; higher is better. */
  score(answer: string): number;
  /** Answers that are good and bad in known ways, to stand beside those of a model. */
  readonly variants: readonly string[];
  /**
   * How people order different answers, each with noise and a taste of their own: 1 is the best,
   * equal ranks are a tie. Nobody speaks to whom all are alike.
   */
  rank(answers: readonly string[]): readonly { rater: string; ranks: readonly number[] }[];
}
