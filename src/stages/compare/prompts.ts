/** What two models are both asked. */
import { ConfigError, findGenerator, readJsonLines, type StageContext } from '../../base/index.ts';
import { checkMessages, type Message } from '../../chat/index.ts';
import type { GoldPrompt } from '../../evaluate/index.ts';
import type { CompareConfig } from './config.ts';

export interface ComparePrompt {
  /** Ends with the user. */
  readonly messages: readonly Message[];
  /** What an answer is truly worth, where that is known. */
  readonly score?: (answer: string) => number;
}

/**
 * All prompts of all sources.
 * @throws ConfigError for a generator that does not exist, a row that asks nothing, and no prompt at
 *   all; FileError for files that cannot be read.
 */
export async function readComparePrompts(
  { prompts: sources }: Pick<CompareConfig, 'prompts'>,
  { goldGenerators }: Pick<StageContext, 'goldGenerators'>,
): Promise<ComparePrompt[]> {
  const prompts: ComparePrompt[] = [];
  for (const [i, { files = [], generator, options = {} }] of sources.entries()) {
    if (generator !== undefined) {
      const make = findGenerator(`compare.prompts.${i}`, generator, goldGenerators);
      // The generators of a recipe make what src/evaluate declares; base cannot name that type.
      for (const prompt of make(options) as Iterable<GoldPrompt>) {
        prompts.push({ messages: prompt.messages, score: (answer) => prompt.score(answer) });
      }
    }
    for (const file of files) prompts.push(...(await promptsOf(file)));
  }
  if (prompts.length > 0) return prompts;
  throw new ConfigError({ what: 'compare.prompts', must: 'have at least one', got: 'none' });
}

async function promptsOf(file: string): Promise<ComparePrompt[]> {
  const prompts: ComparePrompt[] = [];
  for await (const row of readJsonLines(file)) {
    const where = `${file}, line ${row.line}`;
    if ('rejected' in row) {
      throw new ConfigError({ what: where, must: 'be a prompt', got: row.rejected });
    }
    const { prompt, messages = prompt } = row.value;
    const asked = typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages;
    prompts.push({ messages: checkMessages(asked, `${where}: prompt`, 'user') });
  }
  return prompts;
}
