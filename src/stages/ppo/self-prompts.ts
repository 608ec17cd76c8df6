/** The model asks itself ("左右互搏"): it goes on from where a user would begin to speak. */
import { deriveSeed, type Seed } from '../../base/index.ts';
import { generateTokens } from '../../generate/index.ts';
import type { Gpt } from '../../model/index.ts';
import type { ChatModel } from '../training/index.ts';
import type { SelfPrompts } from './config.ts';

/**
 * Questions that the model drew, or why one is none. A pure function of the model and the seed, so
 * that a resumed run asks the same.
 */
export async function selfPrompts(
  { numPrompts, temperature = 1, maxTokens = 64 }: SelfPrompts,
  { template, tokenizer }: ChatModel,
  model: Gpt,
  seed: Seed,
): Promise<(string | { rejected: string })[]> {
  const prompt = userHeader({ template });
  const request = { prompt, maxTokens, temperature, stopTokens: template.stopTokens };
  const drawn = await generateTokens(
    model,
    Array.from({ length: numPrompts }, () => ({
      ...request,
      seed: deriveSeed(seed, 'prompts of the model itself'),
    })),
    { maxBatchSize: 64, numTokens: tokenizer.vocabSize },
  );
  return drawn.map(({ tokens, finishReason }) => {
    if (finishReason !== 'stop') return { rejected: 'a question without an end' };
    const asked = tokens.slice(0, -1);
    const isText = asked.every((id) => tokenizer.specialTokens.textOf(id) === undefined);
    return isText ? tokenizer.decode(asked).trim() : { rejected: 'a question with special tokens' };
  });
}

/** What stands before a user's first word: where two conversations of other words begin to differ. */
function userHeader({ template }: Pick<ChatModel, 'template'>): Uint32Array {
  const idsOf = (content: string) => template.renderPrompt([{ role: 'user', content }]);
  const [one, other] = [idsOf('one'), idsOf('2')];
  const end = one.findIndex((id, place) => id !== other[place]);
  return one.subarray(0, end);
}
