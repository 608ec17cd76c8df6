/** From a recipe as it was written, and `--set`, to one whose every field is right. */
import { z } from 'zod';
import { ConfigError } from '../base/index.ts';
import {
  checkCompareConfig,
  checkCorpusConfig,
  checkPpoConfig,
  checkPretrainConfig,
  checkRewardConfig,
  checkSftConfig,
  compareConfig,
  corpusConfig,
  evalConfig,
  ppoConfig,
  pretrainConfig,
  rewardConfig,
  sampleConfig,
  sftConfig,
  tokenizerConfig,
} from '../stages/index.ts';
import { describeIssue } from './describe-issue.ts';
import type { Recipe } from './recipe.ts';

const schema = z.strictObject({
  name: z.string().regex(/^[\w-][\w.-]*$/),
  description: z.string(),
  seed: z.number().int().min(0).exactOptional(),
  corpus: corpusConfig.exactOptional(),
  tokenizer: tokenizerConfig.exactOptional(),
  pretrain: pretrainConfig.exactOptional(),
  sample: sampleConfig.exactOptional(),
  sft: sftConfig.exactOptional(),
  reward: rewardConfig.exactOptional(),
  ppo: ppoConfig.exactOptional(),
  eval: evalConfig.exactOptional(),
  compare: compareConfig.exactOptional(),
}) satisfies z.ZodType<Recipe>;

/**
 * @param recipe anything: a file of the user made it
 * @param overrides `path=value` of `--set`; values are JSON, or else text
 * @throws ConfigError that names the field, for what is missing, unknown, out of range, or at odds
 *   with another field.
 */
export function resolveRecipe(recipe: unknown, overrides: readonly string[] = []): Recipe {
  const copy: unknown = structuredClone(recipe);
  for (const override of overrides) apply(override, copy);
  const result = schema.safeParse(copy);
  if (!result.success) {
    throw describeIssue(result.error.issues[0] as z.core.$ZodIssue, schema, copy);
  }
  checkTogether(result.data);
  return result.data;
}

/** Hours of a corpus and a tokenizer must not come before the news that the model cannot be. */
function checkTogether({ corpus, tokenizer, pretrain, sft, reward, ppo, compare }: Recipe): void {
  if (corpus !== undefined) checkCorpusConfig(corpus);
  if (sft !== undefined) checkSftConfig(sft);
  if (reward !== undefined) checkRewardConfig(reward);
  if (ppo !== undefined) checkPpoConfig(ppo);
  if (compare !== undefined) checkCompareConfig(compare);
  if (pretrain === undefined) return;
  checkPretrainConfig(pretrain);
  const { vocabSize } = pretrain.model;
  const numTokens = tokenizer?.vocabSize ?? 0;
  if (vocabSize >= numTokens) return;
  throw new ConfigError({
    what: 'pretrain.model.vocabSize',
    must: `hold the ${numTokens} tokens of tokenizer.vocabSize`,
    got: String(vocabSize),
    hint: `--set pretrain.model.vocabSize=${numTokens}`,
  });
}

/** Sets one field; a misspelt one is found when the whole is checked. */
function apply(override: string, recipe: unknown): void {
  const at = override.indexOf('=');
  if (at < 1) throw new ConfigError({ what: '--set', must: 'be path=value', got: override });
  const names = override.slice(0, at).split('.');
  const last = names.pop() as string;
  const parent = names.reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    recipe,
  );
  if (!isObject(parent)) {
    const what = `--set ${override}`;
    throw new ConfigError({ what, must: 'name a field that the recipe has', got: 'none' });
  }
  const value = parse(override.slice(at + 1));
  // One file instead of a list of files is what people type.
  const isList = Array.isArray(parent[last]) && !Array.isArray(value);
  Object.defineProperty(parent, last, {
    value: isList ? [value] : value,
    ...{ enumerable: true, writable: true, configurable: true },
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
