/** From the corpus of a recipe to the version that is built of it. */
import { join } from 'node:path';
import {
  type BuildConfig,
  type BuildSource,
  duplicateDefaults,
  repeatedLineDefaults,
  type Scorer,
} from '../../corpus/index.ts';
import type { CorpusConfig, CorpusSource, EvaluationSetSource } from './config.ts';

export function cleanedSources({ sources }: CorpusConfig): [string, CorpusSource][] {
  return Object.entries(sources).filter(([, { clean }]) => clean !== undefined);
}

/** What is built of a corpus, with every default. */
export function buildConfig(
  config: CorpusConfig,
  { name, description }: { name: string; description: string },
  { folder, scorer }: { folder: string; scorer: Scorer | undefined },
): BuildConfig {
  const sources = cleanedSources(config).map(([source, settings]) => [
    source,
    buildSource(settings, generatedSource(folder, source)),
  ]);
  const { parents = [], weights, countTokensWith: tokenizer, repeatedLines } = config;
  return {
    ...{ name, description, parents, deduplicate: { ...duplicateDefaults, ...config.deduplicate } },
    sources: Object.fromEntries(sources),
    ...(repeatedLines !== undefined && {
      repeatedLines: { ...repeatedLineDefaults, ...repeatedLines },
    }),
    ...(config.evaluationSets !== undefined && {
      evaluationSets: evaluationFiles(config.evaluationSets, folder),
    }),
    ...(scorer !== undefined && { scorer }),
    ...(weights !== undefined && { weights }),
    ...(tokenizer !== undefined && { tokenizer }),
  };
}

function buildSource(settings: CorpusSource, generated: string): BuildSource {
  const { files = [generated], clean = {}, weight = 1, heldOut = 0 } = settings;
  const { licence, reader, extraction } = settings;
  return {
    ...{ files, clean, weight, heldOut },
    ...(licence !== undefined && { licence }),
    ...(reader !== undefined && { reader }),
    ...(extraction !== undefined && { extraction }),
  };
}

function evaluationFiles(
  sets: Readonly<Record<string, EvaluationSetSource>>,
  folder: string,
): NonNullable<BuildConfig['evaluationSets']> {
  const entries = Object.entries(sets).map(([name, { files, fields }]) => [
    name,
    {
      files: files ?? [join(generatedSet(folder, name), 'texts.jsonl')],
      ...(fields !== undefined && { fields }),
    },
  ]);
  return Object.fromEntries(entries);
}

/** Where the texts or pages of a generator lie in the folder of work. */
export function generatedSource(folder: string, name: string): string {
  return join(folder, 'generated', name);
}

/** The same of an evaluation set. */
export function generatedSet(folder: string, name: string): string {
  return join(folder, 'generated-evaluation', name);
}
