import type { ProgressOptions } from '../../base/index.ts';
import type { DuplicateRules, RepeatedLineRules } from '../deduplicate/index.ts';
import type { ExtractionConfig } from '../extract/extract.ts';
import type { RuleSet } from '../filter/index.ts';
import type { QualityModel } from '../quality/index.ts';
import type { ReaderConfig } from '../read/reader-config.ts';

/** As a reader's, but for what the source itself says. */
export type ReaderSettings = {
  [Name in Exclude<keyof ReaderConfig, 'path' | 'licence'>]?: ReaderConfig[Name] | undefined;
};

/** One source of a version. */
export interface BuildSource {
  /** Files, and folders with everything in them. */
  files: readonly string[];
  /** How they are read, where their names do not say it. */
  reader?: ReaderSettings;
  extraction?: ExtractionConfig;
  /** Filters that judge its documents; duplicates go in any case. */
  clean: RuleSet;
  /** SPDX identifier, or words; for documents that say nothing of their own. */
  licence?: string;
  /** Its part of the samples of a run, in relation to the other weights. */
  weight: number;
  heldOut: number;
}

/** An evaluation set: files of JSON lines, or of text, each of which is one item then. */
export interface EvaluationFiles {
  files: readonly string[];
  /** The fields of JSON lines that hold items. Default: text. */
  fields?: readonly string[];
}

/** A language model, which scores documents in the process that builds. */
export interface Scorer {
  /** Says which model it is, by a hash of its files: with another one texts are scored again. */
  readonly id: string;
  /** The most texts that it is given at once. Default: 16. */
  readonly batchSize?: number;
  /** The perplexity of each text, above 1. */
  perplexitiesOf(texts: readonly string[]): Promise<readonly number[]>;
}

/** A version to build. */
export interface BuildConfig {
  name: string;
  description: string;
  /** Versions of the same store that this one stands on. */
  parents: readonly string[];
  sources: Readonly<Record<string, BuildSource>>;
  deduplicate: DuplicateRules;
  /** Lines that many documents have are cut out of all of them. Default: none is. */
  repeatedLines?: RepeatedLineRules;
  /** By name: a document that holds a 13-gram of one is dropped. */
  evaluationSets?: Readonly<Record<string, EvaluationFiles>>;
  /** For the filter `quality` of sources that name no file of a model. */
  qualityModel?: QualityModel;
  /** For the filter `perplexity`. */
  scorer?: Scorer;
  /** A tokenizer.json, to count tokens with. */
  tokenizer?: string;
  /** Weights of the parents' sources, where they are to change. */
  weights?: Readonly<Record<string, number>>;
}

/** How it is built, which changes nothing of what is built. */
export interface BuildOptions {
  /** The folder of all versions. */
  store: string;
  /** Default: one for each core. With 1 no thread is started. */
  numWorkers?: number;
  /** What all workers together may use of JavaScript's memory. Default: 1 GiB. */
  maxMemoryBytes?: number;
  progress: ProgressOptions;
  /** Asked between pieces of work; what is done until then is kept. */
  stop: { readonly isRequested: boolean };
  /** Makes files that sources name; called when nobody else can build this version. */
  prepare?: () => Promise<void>;
}
