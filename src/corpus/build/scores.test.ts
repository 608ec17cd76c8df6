/** Documents that a language model or a model of quality scores. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { repeatedLineDefaults } from '../deduplicate/index.ts';
import { numBuckets, type QualityModel, qualityOf } from '../quality/quality-model.ts';
import type { StoredVersion } from '../version/index.ts';
import type { BuildConfig, BuildOptions, Scorer } from './build-config.ts';
import { buildVersion } from './build-version.ts';
import {
  buildIn,
  documentsOf,
  expectNothingLost,
  wordCounter,
  words,
} from './testing/built-store.ts';
import {
  configOf,
  contentsOf,
  optionsOf,
  sourceOf,
  temporaryFolder,
  writeJsonLines,
} from './testing/small-store.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function build(
  config: BuildConfig,
  store = 'store',
  changes: Partial<BuildOptions> = {},
): Promise<StoredVersion> {
  return buildIn(join(folder, store), config, changes);
}

const perplexity = { min: 10, max: 20 };

function scoredConfig(scorer?: Scorer, numDocuments = 5): BuildConfig {
  const texts = Array.from({ length: numDocuments }, (_, i) => words(`scored ${i}`, 5 * (i + 1)));
  const input = writeJsonLines(join(folder, 'in'), {
    'a.jsonl': [...texts, texts[1]].map((text) => ({ text })),
  });
  const source = sourceOf(input, { clean: { perplexity } });
  return configOf({ web: source }, scorer === undefined ? {} : { scorer });
}

test('a language model drops by its score, and kept documents carry theirs', async () => {
  const scorer = wordCounter();
  const version = await build(scoredConfig(scorer));
  expectNothingLost(version);
  expect(version.manifest.sources.web?.dropped).toEqual({
    'duplicate: exact': 1,
    'perplexity: too low': 1,
    'perplexity: too high': 1,
  });
  const scores = (await documentsOf(version)).map((document) => JSON.stringify(document.scores));
  expect(scores.sort()).toEqual([10, 15, 20].map((n) => `{"perplexity":${n}}`));
  // A duplicate is not worth a model's time, and no batch is larger than it may be.
  expect(scorer.batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
  const { web } = JSON.parse(
    fs.readFileSync(join(version.folder, 'statistics.json'), 'utf8'),
  ).tallies;
  const total = (histogram: Record<string, number>) =>
    Object.values(histogram).reduce((sum, count) => sum + count, 0);
  expect(total(web.scores.perplexity.kept)).toBe(3);
  expect(total(web.scores.perplexity.dropped)).toBe(2);
  expect(fs.readFileSync(join(version.folder, 'report.html'), 'utf8')).toContain(
    'Scores of models',
  );
});

test('what was scored is not scored again, by another model it is', async () => {
  const first = await build(scoredConfig(wordCounter()));
  const second = wordCounter();
  await build(scoredConfig(second));
  expect(second.batches).toEqual([]);
  const third = wordCounter('another');
  const other = await build(scoredConfig(third));
  expect(third.batches.flat()).toHaveLength(5);
  expect(other.manifest.id).not.toBe(first.manifest.id);
});

test('a build that is stopped while it scores keeps the pieces that are done', async () => {
  const stop = { isRequested: false };
  const scorer = wordCounter();
  const { perplexitiesOf } = scorer;
  scorer.perplexitiesOf = (texts) => {
    stop.isRequested = scorer.batches.length === 600;
    return perplexitiesOf(texts);
  };
  const texts = Array.from({ length: 1_300 }, (_, i) => ({ text: words(`many ${i}`, 10) }));
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': texts });
  const source = sourceOf(input, { clean: { perplexity } });
  const config = configOf({ web: source }, { scorer });
  expect(await buildVersion(config, optionsOf(join(folder, 'store'), { stop }))).toBeUndefined();
  const next = wordCounter();
  const resumed = await build({ ...config, scorer: next });
  // A piece has 1,024 documents.
  expect(next.batches.flat()).toHaveLength(1_300 - 1_024);
  const fresh = await build({ ...config, scorer: wordCounter() }, 'fresh');
  expect(contentsOf(resumed.folder)).toEqual(contentsOf(fresh.folder));
});

test('a scorer that is missing, or gives too few numbers, is named', async () => {
  await expect(build(scoredConfig())).rejects.toThrow(
    /clean.perplexity must be given a model that scores texts, got none\n.*corpus.scoreWith/,
  );
  const scorer = { id: 'bad', perplexitiesOf: async () => [1] };
  await expect(build(scoredConfig(scorer))).rejects.toThrow(/must give 5 perplexities, got 1/);
});

test('a quality model in memory reaches the workers, and its scores the documents', async () => {
  const weights = new Int8Array(numBuckets).map((_, i) => (i % 7) - 3);
  const qualityModel: QualityModel = { weights, scale: 0.5, bias: 0 };
  const texts = Array.from({ length: 60 }, (_, i) => ({ text: words(`text ${i}`, 20) }));
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': texts });
  const sources = { web: sourceOf(input, { clean: { quality: { alpha: 3 } } }) };
  const config = configOf(sources, { qualityModel });
  const version = await build(config, 'two', { numWorkers: 2 });
  expectNothingLost(version);
  const dropped = version.manifest.sources.web?.dropped['quality: score too low'] ?? 0;
  expect(dropped).toBeGreaterThan(5);
  for (const { text, scores } of await documentsOf(version)) {
    expect(scores).toEqual({ quality: qualityOf(qualityModel, String(text)) });
  }
  expect(JSON.stringify(version.manifest.sources.web?.rules)).not.toContain(folder);
  const other = await build({ ...config, qualityModel: { ...qualityModel, bias: 99 } }, 'two');
  expect(other.manifest.id).not.toBe(version.manifest.id);
  expect(other.manifest.sources.web?.dropped).not.toHaveProperty('quality: score too low');
});

const question = words('question', 16);

function pages(name: string): { text: string }[] {
  return Array.from({ length: 30 }, (_, i) => {
    const text = `${words(`${name} ${i % 25}`, 4 + i)}${i === 7 ? ` ${question}` : ''}`;
    return { text: `Home | News | About us | Contact\n${text}` };
  });
}

/** A build with every step, over files in some order. */
function wholeConfig(order: (files: string[]) => string[]): BuildConfig {
  const entries = ['x', 'y'].map((name) => {
    const input = join(folder, name);
    writeJsonLines(input, { 'a.jsonl': pages(name), 'b.jsonl': pages('both') });
    const files = order([join(input, 'a.jsonl'), join(input, 'b.jsonl')]);
    return [name, sourceOf('', { files, clean: { perplexity: { min: 6, max: 30 } } })];
  });
  const exam = join(writeJsonLines(folder, { 'exam.jsonl': [{ text: question }] }), 'exam.jsonl');
  return configOf(Object.fromEntries(entries), {
    repeatedLines: repeatedLineDefaults,
    evaluationSets: { exam: { files: [exam] } },
    scorer: wordCounter(),
  });
}

test('with every step, 1 or 2 workers and files in any order give the same bytes', async () => {
  const one = await build(
    wholeConfig((files) => files),
    'one',
  );
  const two = await build(
    wholeConfig((files) => files.reverse()),
    'two',
    { numWorkers: 2 },
  );
  expectNothingLost(one);
  const reasons = Object.values(one.manifest.sources).flatMap(({ dropped }) =>
    Object.keys(dropped),
  );
  expect([...new Set(reasons)].sort()).toEqual([
    ...['contamination: evaluation set', 'duplicate: exact'],
    ...['perplexity: too high', 'perplexity: too low'],
  ]);
  expect(contentsOf(two.folder)).toEqual(contentsOf(one.folder));
});
