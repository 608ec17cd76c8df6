/**
 * What rules say of the answers, where the prompts come from a source that knows the truth: a curve
 * beside that of the reward, and never trained on. A policy whose reward rises without it has learned
 * to please its judge (Gao et al. 2022, arXiv 2210.10760).
 */
import type { StageContext } from '../../base/index.ts';
import type { Message } from '../../chat/index.ts';
import type { GoldPrompt } from '../../evaluate/index.ts';
import type { ChatModel } from '../training/index.ts';
import type { PromptSource } from './config.ts';
import type { Episode } from './episodes.ts';

/** By the tokens of a prompt, what an answer to it is worth. */
export type GoldRules = ReadonlyMap<string, GoldPrompt['score']>;

/** @param render as the prompts themselves are rendered; undefined for one that is left out */
export function goldRules(
  sources: readonly PromptSource[],
  render: (messages: readonly Message[]) => Uint32Array | undefined,
  { goldGenerators }: Pick<StageContext, 'goldGenerators'>,
): GoldRules {
  const rules = new Map<string, GoldPrompt['score']>();
  for (const { generator = '', options = {} } of sources) {
    if (!Object.hasOwn(goldGenerators, generator)) continue;
    for (const item of goldGenerators[generator]?.(options) ?? []) {
      const { messages, score } = item as GoldPrompt;
      const ids = render(messages);
      if (ids !== undefined) rules.set(String(ids), score);
    }
  }
  return rules;
}

/** The mean over the answers that can be judged; undefined where none can. */
export function meanGold(
  rules: GoldRules,
  episodes: readonly Episode[],
  { tokenizer }: Pick<ChatModel, 'tokenizer'>,
): number | undefined {
  const scores = episodes.flatMap(({ prompt, answer, finished }) => {
    const score = rules.get(String(prompt));
    return score === undefined
      ? []
      : [score(tokenizer.decode(finished ? answer.slice(0, -1) : answer))];
  });
  if (scores.length === 0) return undefined;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
