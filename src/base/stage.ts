/** What all stages have in common: what they are given, and what they tell. */
import type { ProgressOptions } from './progress-line.ts';
import type { Seed } from './random.ts';
import type { RunDirectory } from './run-directory.ts';

/** A text, or a web page as it came over the wire. */
export type GeneratedItem =
  | { readonly text: string }
  | { readonly url: string; readonly html: Uint8Array };

/** Makes the documents of a built-in corpus, a pure function of its options. */
export type TextGenerator = (
  options: Readonly<Record<string, string | number>>,
) => Iterable<GeneratedItem>;

/** Makes conversations, or tasks to be answered, a pure function of its options: plain objects. */
export type ItemGenerator = (
  options: Readonly<Record<string, string | number>>,
) => Iterable<object>;

/** What a stage is given beside its config. Each stage writes into the folder of its name. */
export interface StageContext {
  /** Of the recipe. */
  name: string;
  run: RunDirectory;
  seed: Seed;
  /** How it shows where it is. */
  progress: ProgressOptions;
  /** Asked between pieces of work: a stage that must stop saves its state and returns undefined. */
  stop: { readonly isRequested: boolean };
  /** The built-in corpora by name. */
  generators: Readonly<Record<string, TextGenerator>>;
  /** The built-in sources of conversations by name: rows of any format that src/chat reads. */
  conversationGenerators: Readonly<Record<string, ItemGenerator>>;
  /** The built-in evaluations by name: tasks as src/evaluate judges them. */
  taskGenerators: Readonly<Record<string, ItemGenerator>>;
  /** The built-in prompts by name of which the truth is known, as src/evaluate scores answers. */
  goldGenerators: Readonly<Record<string, ItemGenerator>>;
}

/** A number that a stage must reach. */
export interface Check {
  name: string;
  value: number | string;
  /** What it must be, as a person would write it: `≤ 1.2`. */
  target: string;
  pass: boolean;
}

/** What a finished stage tells. */
export interface StageResult {
  metrics: Readonly<Record<string, number>>;
  checks: readonly Check[];
}

/** A stage: does its work, or goes on with it, and says how it went; undefined when it was stopped. */
export type Stage<Config> = (
  config: Config,
  context: StageContext,
) => Promise<StageResult | undefined>;
