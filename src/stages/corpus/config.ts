/** What a corpus is made of. */
import { z } from 'zod';
import {
  type DuplicateRules,
  type ExtractionConfig,
  type ReaderSettings,
  type RepeatedLineRules,
  type RuleSet,
  readerConfigSchema,
  ruleDefaults,
} from '../../corpus/index.ts';

/** One source of text: `files` or a `generator`. With `clean` it becomes part of a version. */
export interface CorpusSource {
  /**
   * Text, or JSON lines with a `text` field, also gzipped. With `clean` also folders, and everything
   * else that the readers know.
   */
  files?: string[];
  /** The name of a built-in corpus, and what to ask of it. */
  generator?: string;
  options?: Record<string, string | number>;
  /** Its part of the samples, in relation to the other weights. Default: 1. */
  weight?: number;
  /** The share that is held out for validation, from 0 to below 1. Default: 0. */
  heldOut?: number;
  /** Hold out documents by their hash, or the end of a single text. Default: document. */
  heldOutBy?: 'document' | 'position';
  /**
   * Filters and their numbers; `{}` filters nothing. Its documents are normalised and de-duplicated
   * and written to a version. Default: none of this, the files are taken as they are.
   */
  clean?: RuleSet;
  /** How the files of a cleaned source are read, where their names do not say it. */
  reader?: ReaderSettings;
  /** How its pages become text. */
  extraction?: ExtractionConfig;
  /** SPDX identifier, or words; for documents of a cleaned source that say nothing themselves. */
  licence?: string;
}

/** An evaluation set: `files` or a `generator`. */
export interface EvaluationSetSource {
  /** JSON lines, also packed; another file is one item. */
  files?: string[];
  /** The fields of JSON lines that hold items. Default: text. */
  fields?: string[];
  /** The name of a built-in corpus of texts, and what to ask of it. */
  generator?: string;
  options?: Record<string, string | number>;
}

export interface CorpusConfig {
  sources: Record<string, CorpusSource>;
  /** Versions that the new one stands on: by name, or name and the beginning of the id. */
  parents?: string[];
  /** A version to read with all that it stands on, instead of building one. */
  version?: string;
  /** How alike documents are that count as one. */
  deduplicate?: Partial<DuplicateRules>;
  /**
   * Lines or paragraphs that many documents have are cut out of all of them; `{}` with the defaults:
   * lines of 4 words or more that more than 10 documents have. Default: nothing is cut.
   */
  repeatedLines?: Partial<RepeatedLineRules>;
  /** By name: documents that hold 13 words in a row of one of these are dropped. */
  evaluationSets?: Record<string, EvaluationSetSource>;
  /** A folder with a model, for the filter `perplexity`. */
  scoreWith?: string;
  /** Weights of the sources of `parents` or `version`, where they are to change. */
  weights?: Record<string, number>;
  /** The folder of versions. Default: corpora. */
  store?: string;
  /** A tokenizer.json, to count the tokens of a version with. */
  countTokensWith?: string;
  /** Threads that clean. Default: one for each core. */
  numWorkers?: number;
}

export const defaultStore = 'corpora';

const ruleSet = z.custom<RuleSet>(
  (value) => typeof value === 'object' && value !== null && unknownRule(value) === undefined,
  { message: `Invalid rules: expected filters from ${Object.keys(ruleDefaults).join(', ')}` },
);

const extractionConfig = z.strictObject({
  mode: z.enum(['fast', 'quality']).optional(),
  maxGarbledShare: z.number().min(0).max(1).optional(),
}) satisfies z.ZodType<ExtractionConfig>;

const source = z.strictObject({
  files: z.array(z.string()).min(1).exactOptional(),
  generator: z.string().exactOptional(),
  options: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  weight: z.number().positive().exactOptional(),
  heldOut: z.number().min(0).lt(1).exactOptional(),
  heldOutBy: z.enum(['document', 'position']).exactOptional(),
  clean: ruleSet.exactOptional(),
  reader: readerConfigSchema.omit({ path: true, licence: true }).partial().exactOptional(),
  extraction: extractionConfig.exactOptional(),
  licence: z.string().exactOptional(),
});

const evaluationSet = z
  .strictObject({
    files: z.array(z.string()).min(1).exactOptional(),
    fields: z.array(z.string()).min(1).exactOptional(),
    generator: z.string().exactOptional(),
    options: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  })
  .refine(({ files, generator }) => (files === undefined) !== (generator === undefined), {
    message: 'Invalid evaluation set: expected files or a generator',
  }) satisfies z.ZodType<EvaluationSetSource>;

const repeatedLines = z.strictObject({
  unit: z.enum(['line', 'paragraph']).exactOptional(),
  maxDocuments: z.number().int().positive().exactOptional(),
  minUnits: z.number().int().min(1).exactOptional(),
}) satisfies z.ZodType<Partial<RepeatedLineRules>>;

export const corpusConfig = z.strictObject({
  sources: z.record(z.string().regex(/^[\w-]+$/), source),
  parents: z.array(z.string()).exactOptional(),
  version: z.string().exactOptional(),
  deduplicate: z.strictObject({ minSimilarity: z.number().gt(0).max(1) }).exactOptional(),
  repeatedLines: repeatedLines.exactOptional(),
  evaluationSets: z.record(z.string().regex(/^[\w-]+$/), evaluationSet).exactOptional(),
  scoreWith: z.string().exactOptional(),
  weights: z.record(z.string(), z.number().min(0)).exactOptional(),
  store: z.string().exactOptional(),
  countTokensWith: z.string().exactOptional(),
  numWorkers: z.number().int().positive().exactOptional(),
}) satisfies z.ZodType<CorpusConfig>;

/** The first filter or field that no filter has. */
function unknownRule(rules: object): string | undefined {
  for (const [name, fields] of Object.entries(rules)) {
    const known = Object.hasOwn(ruleDefaults, name) && ruleDefaults[name as keyof RuleSet];
    if (!known) return name;
    const field = Object.keys(fields).find((key) => !Object.hasOwn(known, key));
    if (field !== undefined) return `${name}.${field}`;
  }
  return undefined;
}
