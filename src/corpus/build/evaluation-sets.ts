/** Evaluation sets of a build, from their files. */
import {
  ConfigError,
  FileError,
  hashFiles,
  jsonLinesName,
  readJsonLines,
  readTexts,
} from '../../base/index.ts';
import { EvaluationGrams, type EvaluationSet } from '../deduplicate/index.ts';
import { hashOf } from '../version/version-id.ts';
import type { EvaluationFiles } from './build-config.ts';

export type EvaluationSets = Readonly<Record<string, EvaluationFiles>>;

/** Name → a hash of its items: what decides is their content, not where they lie. @throws FileError */
export async function hashEvaluationSets(sets: EvaluationSets): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, { files, fields = ['text'] }] of Object.entries(sets)) {
    hashes[name] = hashOf([fields, (await hashFiles(files)).sha256]);
  }
  return hashes;
}

let loaded: { key: string; grams: Promise<EvaluationGrams> } | undefined;

/**
 * The grams of all sets. A thread loads them once for all of its shards.
 *
 * @param key of the content of the sets
 * @throws FileError for an item that cannot be read: left out, it would not be looked for
 */
export function loadEvaluationGrams(sets: EvaluationSets, key: string): Promise<EvaluationGrams> {
  if (loaded?.key !== key) loaded = { key, grams: readGrams(sets) };
  return loaded.grams;
}

async function readGrams(sets: EvaluationSets): Promise<EvaluationGrams> {
  const read: EvaluationSet[] = [];
  for (const [name, { files, fields = ['text'] }] of Object.entries(sets)) {
    const texts: string[] = [];
    for (const file of files) {
      const items = jsonLinesName.test(file)
        ? recordsOf(file, fields, name)
        : wholeText(file, name);
      for await (const item of items) texts.push(item);
    }
    if (texts.length === 0) {
      const what = `corpus.evaluationSets.${name}`;
      throw new ConfigError({ what, must: 'have an item', got: 'none' });
    }
    read.push({ name, texts });
  }
  return new EvaluationGrams(read);
}

async function* recordsOf(
  file: string,
  fields: readonly string[],
  set: string,
): AsyncGenerator<string> {
  for await (const record of readJsonLines(file)) {
    if ('rejected' in record) throw unusable(set, file, `line ${record.line}: ${record.rejected}`);
    const { value, line } = record;
    const texts = fields.map((name) => (Object.hasOwn(value, name) ? value[name] : undefined));
    const found = texts.filter((text) => typeof text === 'string');
    if (found.length === 0) throw unusable(set, file, `line ${line}: no ${fields.join(', ')}`);
    yield* found;
  }
}

async function* wholeText(file: string, set: string): AsyncGenerator<string> {
  for await (const record of readTexts([file])) {
    if ('rejected' in record) throw unusable(set, file, record.rejected);
    yield Buffer.from(record.text).toString();
  }
}

function unusable(set: string, file: string, got: string): FileError {
  const hint = `corpus.evaluationSets.${set}.fields names the fields that hold its items`;
  return new FileError({ what: file, must: `hold items of the evaluation set ${set}`, got, hint });
}
