/** Rankings of what the base itself answers, among answers with known faults. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  deriveSeed,
  findGenerator,
  hashFiles,
  makeFolder,
  ProgressLine,
  type StageContext,
  writeFileAtomic,
} from '../../base/index.ts';
import { type GoldPrompt, type SampledAnswer, sampleAnswers } from '../../evaluate/index.ts';
import { prepareForInference } from '../../generate/index.ts';
import { loadGpt } from '../../model/index.ts';
import type { RewardBase } from './base-model.ts';
import type { RankingData, SampledAnswers } from './config.ts';

/** As many answers as a ranking may have. */
const maxAnswers = 9;

interface SampledSource extends Required<Pick<RankingData, 'generator' | 'options'>> {
  /** How an error calls it. */
  where: string;
  sampled: SampledAnswers;
}

/**
 * Asks the base, has the raters rank its answers together with the variants of the prompt, and writes
 * rankings in the form of any other data; what an earlier start wrote is taken. A reward model that
 * never saw what the policy writes would judge it blindly.
 *
 * @returns the file: `reward/rankings/<hash of all that it is made from>.jsonl`
 * @throws ConfigError for a generator that does not exist; FileError
 */
export async function rankSampledAnswers(
  source: SampledSource,
  base: RewardBase,
  { run, seed, goldGenerators, progress: style }: StageContext,
): Promise<string> {
  const { where, generator, options, sampled } = source;
  const make = findGenerator(where, generator, goldGenerators);
  const identity = JSON.stringify([generator, options, sampled, String(seed), await hashOf(base)]);
  const name = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  const file = run.file('reward', 'rankings', `${name}.jsonl`);
  if (existsSync(file)) return file;
  using progress = new ProgressLine(style);
  progress.update('reward: the base answers, raters rank', { stage: 'reward' });
  // The generators of a recipe make what src/evaluate declares; base cannot name that type.
  const prompts = [...make(options)] as GoldPrompt[];
  const answers = await answersOf(prompts, sampled, base, deriveSeed(seed, 'sampled answers'));
  const rows = prompts.flatMap((prompt, i) => rankingsOf(prompt, answers[i] ?? []));
  makeFolder(dirname(file));
  writeFileAtomic(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

async function hashOf({ folder, tokenizer, template }: RewardBase): Promise<string[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  const { sha256 } = await hashFiles(names.sort().map((name) => join(folder, name)));
  return [sha256, tokenizer.hash, template.source];
}

async function answersOf(
  prompts: readonly GoldPrompt[],
  { perPrompt, temperature = 1, maxTokens = 64 }: SampledAnswers,
  { folder, template, tokenizer }: RewardBase,
  seed: bigint,
): Promise<SampledAnswer[][]> {
  using model = loadGpt(folder);
  prepareForInference(model);
  return await sampleAnswers({
    ...{ model, template, perPrompt, temperature, maxTokens, seed },
    prompts: prompts.map(({ messages }) => messages),
    numTokens: tokenizer.vocabSize,
  });
}

/** A text that came twice is ranked once, and what says nothing is not ranked. */
function rankingsOf(prompt: GoldPrompt, sampled: readonly SampledAnswer[]): object[] {
  const { id, messages, variants } = prompt;
  const texts = [...sampled.map(({ text }) => text), ...variants];
  const answers = [...new Set(texts.filter((text) => text.trim() !== ''))].slice(0, maxAnswers);
  if (answers.length < 2) return [];
  const gold = answers.map((answer) => prompt.score(answer));
  return prompt
    .rank(answers)
    .map(({ rater, ranks }) => ({ id, prompt: messages, answers, ranks, rater, gold }));
}
