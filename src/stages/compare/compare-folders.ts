/** Two models and a reward model, from their folders to a comparison. */
import { join } from 'node:path';
import { ConfigError, type Seed } from '../../base/index.ts';
import { chatTemplateOf } from '../../chat/index.ts';
import {
  type ComparedItem,
  type ComparedTasks,
  compareItems,
  type ModelComparison,
  type Pair,
  type SampledAnswer,
  sampleAnswers,
  sequenceLogprobs,
} from '../../evaluate/index.ts';
import { documentNames, loadRewardModel, scoreSequences } from '../../model/index.ts';
import { loadTokenizer } from '../../tokenizer/index.ts';
import type { ComparePrompt } from './prompts.ts';
import { Side } from './side.ts';

export interface FolderComparison {
  readonly names: Pair<string>;
  readonly folders: Pair<string>;
  /** Of a reward model; undefined for none. */
  readonly rewardFolder: string | undefined;
  readonly prompts: readonly ComparePrompt[];
  readonly tasks: ComparedTasks | null;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: Seed;
}

/** A prompt with what both models said. */
interface Asked {
  readonly prompt: ComparePrompt;
  readonly pair: Pair<SampledAnswer>;
}

/**
 * Both models answer every prompt once, and what they say is scored. Prompts that fill the context of
 * one of them are left out.
 *
 * @throws ConfigError for a model that has not learned to answer, models or a reward model of
 *   different tokenizers, and when no prompt is left; as `loadModel`.
 */
export async function compareFolders(config: FolderComparison): Promise<ModelComparison> {
  const { names, folders, rewardFolder, tasks } = config;
  using first = await Side.open(folders[0]);
  using second = await Side.open(folders[1]);
  first.checkSameTokens(second);
  const asked = await askBoth(first, second, config);
  const rewards = rewardFolder === undefined ? undefined : await score(asked, first, rewardFolder);
  const own = asked.map(({ pair }) => pair[1]);
  const { vocabSize: numTokens } = first.tokenizer;
  const before = sequenceLogprobs(first.model, own, { numTokens });
  const after = sequenceLogprobs(second.model, own, { numTokens });
  const items = asked.map((one, i): ComparedItem => {
    const pair = rewards?.[i];
    const logRatio = (after[i] ?? Number.NaN) - (before[i] ?? Number.NaN);
    return { ...itemOf(one), logRatio, ...(pair !== undefined && { rewards: pair }) };
  });
  return compareItems(names, items, tasks);
}

async function askBoth(first: Side, second: Side, config: FolderComparison): Promise<Asked[]> {
  const { prompts } = config;
  const [was, is] = [await answersOf(first, config), await answersOf(second, config)];
  const asked = prompts.flatMap((prompt, i): Asked[] => {
    const [a, b] = [was[i]?.[0], is[i]?.[0]];
    return a === undefined || b === undefined ? [] : [{ prompt, pair: [a, b] }];
  });
  if (asked.length > 0) return asked;
  const must = 'leave room for an answer in the context of both models';
  throw new ConfigError({ what: 'the prompts', must, got: 'none that does' });
}

function answersOf(
  { model, template, tokenizer }: Side,
  { prompts, temperature, maxTokens, seed }: FolderComparison,
): Promise<SampledAnswer[][]> {
  return sampleAnswers({
    ...{ model, template, temperature, maxTokens, seed },
    prompts: prompts.map(({ messages }) => messages),
    numTokens: tokenizer.vocabSize,
  });
}

/** Rewards of both answers to each prompt. */
async function score(asked: readonly Asked[], side: Side, folder: string): Promise<Pair<number>[]> {
  const tokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  const template = (await chatTemplateOf(folder, tokenizer)) ?? side.template;
  side.checkSameTokens({ folder, tokenizer, template });
  using model = loadRewardModel(folder);
  const sequences = asked.flatMap(({ pair }) =>
    pair.map(({ prompt, tokens }) => Uint32Array.from([...prompt, ...tokens])),
  );
  const scores = scoreSequences(model, sequences);
  return asked.map((_, i) => [scores[2 * i] ?? Number.NaN, scores[2 * i + 1] ?? Number.NaN]);
}

function itemOf({
  prompt: { messages, score: worth },
  pair,
}: Asked): Omit<ComparedItem, 'logRatio'> {
  const [a, b] = pair;
  return {
    prompt: messages.map(({ content }) => content).join('\n'),
    answers: [a.text, b.text],
    lengths: [a.tokens.length, b.tokens.length],
    finished: [a.isFinished, b.isFinished],
    ...(worth !== undefined && { gold: [worth(a.text), worth(b.text)] as const }),
  };
}
