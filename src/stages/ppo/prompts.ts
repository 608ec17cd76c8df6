/** What the policy is asked: from files, from generators, from the model itself. */
import { createHash } from 'node:crypto';
import {
  ConfigError,
  findGenerator,
  Rejections,
  readJsonLines,
  type StageContext,
} from '../../base/index.ts';
import { judgeMessages, type Message, truncateMessages } from '../../chat/index.ts';
import type { Gpt } from '../../model/index.ts';
import { type ChatModel, nothingLeft } from '../training/index.ts';
import type { FullPpoConfig, PromptSource } from './config.ts';
import { type GoldRules, goldRules } from './gold.ts';
import { selfPrompts } from './self-prompts.ts';

/** Prompts as tokens, in the order in which they were read, each once. */
export interface Prompts {
  ids: Uint32Array[];
  numRead: number;
  rejections: Rejections;
  sha256: string;
  gold: GoldRules;
}

/**
 * @throws ConfigError for a generator that does not exist, when no prompt is left, and when answers
 *   leave no room for one; FileError for unreadable files.
 */
export async function preparePrompts(
  config: FullPpoConfig,
  chat: ChatModel,
  model: Gpt,
  context: StageContext,
): Promise<Prompts> {
  const maxTokens = roomForPrompt(config, model);
  const rejections = new Rejections();
  const ids = new Map<string, Uint32Array>();
  let numRead = 0;
  for (const [i, source] of config.prompts.entries()) {
    for await (const row of rowsOf(source, i, { chat, model, context })) {
      numRead++;
      const judged = 'value' in row ? promptOf(row.value) : row;
      const rendered = 'rejected' in judged ? judged : render(judged.messages, chat, maxTokens);
      if ('rejected' in rendered) rejections.add(rendered.rejected, row);
      else if (ids.has(String(rendered.ids))) rejections.add('asked before', row);
      else ids.set(String(rendered.ids), rendered.ids);
    }
  }
  checkNotEmpty(ids.size, numRead, rejections);
  const sha256 = createHash('sha256')
    .update([...ids.keys()].join('\n'))
    .digest('hex');
  const gold = goldRules(config.prompts, (asked) => idsOf(render(asked, chat, maxTokens)), context);
  return { ids: [...ids.values()], numRead, rejections, sha256, gold };
}

/** The most tokens of a prompt, so that an answer of full length fits behind it. */
function roomForPrompt({ maxTokens }: FullPpoConfig, { config: { contextLength } }: Gpt): number {
  if (maxTokens < contextLength) return contextLength - maxTokens;
  const must = `leave room for a prompt in the context of ${contextLength} tokens`;
  throw new ConfigError({ what: 'ppo.maxTokens', must, got: String(maxTokens) });
}

type Row = { file?: string; line?: number } & (
  | { value: Readonly<Record<string, unknown>> }
  | { rejected: string }
);

interface Source {
  chat: ChatModel;
  model: Gpt;
  context: StageContext;
}

async function* rowsOf(
  { files = [], generator, options = {}, self }: PromptSource,
  index: number,
  { chat, model, context }: Source,
): AsyncGenerator<Row> {
  for (const file of files) yield* readJsonLines(file);
  if (self !== undefined) {
    for (const prompt of await selfPrompts(self, chat, model, context.seed)) {
      yield typeof prompt === 'string' ? { value: { prompt } } : prompt;
    }
  }
  if (generator === undefined) return;
  const make = findGenerator(`ppo.prompts.${index}`, generator, context.conversationGenerators);
  for (const value of make(options)) yield { value: value as Readonly<Record<string, unknown>> };
}

/** What a row asks; of a whole conversation, without its last answer. */
function promptOf(
  row: Readonly<Record<string, unknown>>,
): { messages: Message[] } | { rejected: string } {
  const { prompt, messages } = row;
  if (typeof prompt === 'string') return judgeMessages([{ role: 'user', content: prompt }], 'user');
  if (prompt !== undefined) return judgeMessages(prompt, 'user');
  if (messages === undefined) return { rejected: 'no prompt' };
  const judged = judgeMessages(messages);
  if ('rejected' in judged || judged.messages.at(-1)?.role === 'user') return judged;
  return judgeMessages(judged.messages.slice(0, -1), 'user');
}

function render(
  messages: readonly Message[],
  { template }: ChatModel,
  maxTokens: number,
): { ids: Uint32Array } | { rejected: string } {
  const fits = (some: readonly Message[]) => template.renderPrompt(some).length <= maxTokens;
  const kept = truncateMessages(messages, fits);
  if (kept === undefined) return { rejected: 'no room for an answer' };
  return { ids: template.renderPrompt(kept) };
}

function idsOf(rendered: ReturnType<typeof render>): Uint32Array | undefined {
  return 'ids' in rendered ? rendered.ids : undefined;
}

function checkNotEmpty(numKept: number, numRead: number, { counts }: Rejections): void {
  if (numKept > 0) return;
  throw nothingLeft('ppo.prompts', 'have prompts to answer', numRead, counts);
}
