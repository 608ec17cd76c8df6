/** What the reward is measured from: good answers, whose mean reward becomes 0. */
import { ConfigError, type StageContext } from '../../base/index.ts';
import { endOfAnswer } from '../../chat/index.ts';
import { prepareConversations } from '../../corpus/index.ts';
import { conversationSourceOf } from '../training/index.ts';
import type { RewardBase } from './base-model.ts';
import type { RewardConfig } from './config.ts';
import type { RankedSequences } from './ranked-sequences.ts';

/**
 * Conversations up to the end of their last answer; without demonstrations in the config, the best
 * answers of the rankings.
 *
 * @throws ConfigError for a generator that does not exist, files of other formats, and when no
 *   demonstration is left; FileError for unreadable files.
 */
export async function demonstrationSequences(
  { demonstrations }: RewardConfig,
  rankings: readonly RankedSequences[],
  { template, contextLength: maxTokens }: RewardBase,
  context: StageContext,
): Promise<Uint32Array[]> {
  if (demonstrations === undefined) {
    return rankings.map(({ sequences, ranks }) => sequences[ranks.indexOf(1)] as Uint32Array);
  }
  const sources = demonstrations.map((data, i) =>
    conversationSourceOf('reward.demonstrations', data, i, context),
  );
  const sequences: Uint32Array[] = [];
  const { read } = await prepareConversations({ sources, template, maxTokens });
  for await (const { rendered } of read()) {
    sequences.push(rendered.ids.slice(0, endOfAnswer(rendered)));
  }
  if (sequences.length > 0) return sequences;
  const must = 'have conversations that can be learned from';
  throw new ConfigError({ what: 'reward.demonstrations', must, got: 'none' });
}
