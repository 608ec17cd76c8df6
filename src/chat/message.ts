/** What people and models say to each other: one set of types from the chat page to the reward model. */

export const roles = ['system', 'user', 'assistant'] as const;

export type Role = (typeof roles)[number];

export interface Message {
  readonly role: Role;
  readonly content: string;
}

/**
 * A system message if there is one, then user and assistant in turns. To be learned from, it ends
 * with the assistant.
 */
export interface Conversation {
  readonly messages: readonly Message[];
}

/** One prompt, several answers, and their order. */
export interface Comparison {
  /** Ends with the user. */
  readonly prompt: readonly Message[];
  readonly answers: readonly string[];
  /** The rank of each answer: 1 is the best, equal ranks are a tie. */
  readonly ranks: readonly number[];
  /** Who ordered them. */
  readonly rater?: string;
  readonly id?: string;
}
