import type { Language } from '../grammar/index.ts';
import type { Split, Value } from '../world/index.ts';

/** What an instruction asks for. */
export const instructionKinds = [
  'knowledge',
  'reading',
  'translation',
  'poem',
  'arithmetic',
  'politeness',
  'refusal',
  'program',
] as const;

export type InstructionKind = (typeof instructionKinds)[number];

/** A turn of a conversation. */
export interface InstructionMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** How an answer is judged; src/evaluate reads the same shapes. */
export type InstructionRule =
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
      readonly name: string;
      readonly calls: readonly ProgramCall[];
    }
  | { readonly type: 'refusal'; readonly language: Language }
  | {
      readonly type: 'polite';
      readonly language: Language;
      readonly keeps: readonly string[];
      readonly maxCharacters: number;
    }
  | { readonly type: 'poem'; readonly verses: readonly string[] };

/** A call of a function and what it must give. */
export interface ProgramCall {
  readonly args: readonly Value[];
  readonly result: Value;
}

/** One instruction with a good answer and the rule that judges any other. */
export interface InstructionItem {
  /** Kind, side and number: `translation/held-out/17`. */
  readonly id: string;
  readonly kind: InstructionKind;
  /** Of the instruction. */
  readonly language: Language;
  readonly split: Split;
  /** What the instruction says, without the answer. */
  readonly messages: readonly InstructionMessage[];
  readonly answer: string;
  readonly rule: InstructionRule;
  /** Groups to compare: `with word`, `without word`; `known phrasing`, `new phrasing`; and others. */
  readonly tags: readonly string[];
}

/** What one kind draws; the rest of an item follows from it. */
export interface Draft {
  readonly prompt: string;
  readonly answer: string;
  readonly rule: InstructionRule;
  readonly tags: readonly string[];
}
