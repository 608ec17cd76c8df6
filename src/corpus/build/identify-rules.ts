/** What the rules of a source are, told by content alone: a model is its hash, not its file. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plainRules, type RuleSet } from '../filter/index.ts';
import { qualityModelHash, readQualityModel, writeQualityModel } from '../quality/index.ts';
import { hashOf } from '../version/version-id.ts';
import type { BuildConfig, BuildSource, Scorer } from './build-config.ts';

/** Raised when the same rules give other documents, so that nothing of older code is reused. */
export const codeVersion = '2';

/** The filters that the first step applies; the perplexity has its own. */
export function workerRules({ perplexity: _, ...rules }: RuleSet): RuleSet {
  return rules;
}

/** Rules with all their numbers, for the manifest. @throws FileError for a model that is none */
export function identifiedRules(clean: RuleSet, scorer?: Scorer): object {
  const { quality } = clean;
  const model = quality?.model === undefined ? undefined : hashOfModel(quality.model);
  const rules = plainRules({
    ...clean,
    ...(model !== undefined && { quality: { ...quality, model } }),
  });
  return clean.perplexity === undefined ? rules : { ...rules, scorer: scorer?.id };
}

/** Identifies how the first step reads and judges a source, and the code that does. */
export function cleanRulesHash({ clean, reader, extraction, licence }: BuildSource): string {
  const rules = identifiedRules(workerRules(clean));
  return hashOf({ codeVersion, rules, reader, extraction, licence });
}

/** Identifies all rules of a source. */
export function rulesHashOf(source: BuildSource, scorer: Scorer | undefined): string {
  return hashOf([cleanRulesHash(source), identifiedRules(source.clean, scorer)]);
}

/** Lays a model that was given in memory into the folder of work, where all workers find it. */
export function withQualityModel(config: BuildConfig, workFolder: string): BuildConfig {
  const { qualityModel } = config;
  if (qualityModel === undefined) return config;
  const path = join(workFolder, `quality-${qualityModelHash(qualityModel).slice(0, 16)}.json`);
  if (!existsSync(path)) writeQualityModel(path, qualityModel);
  const sources = Object.entries(config.sources).map(([name, source]) => {
    const { quality } = source.clean;
    if (quality === undefined || quality.model !== undefined) return [name, source];
    return [name, { ...source, clean: { ...source.clean, quality: { ...quality, model: path } } }];
  });
  return { ...config, sources: Object.fromEntries(sources) };
}

function hashOfModel(path: string): string {
  return qualityModelHash(readQualityModel(path));
}
