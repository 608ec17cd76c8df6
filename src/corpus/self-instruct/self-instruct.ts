import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  ConfigError,
  deriveSeed,
  makeFolder,
  SeededRandom,
  takeLock,
  writeFileAtomic,
} from '../../base/index.ts';
import type { ConversationSource } from '../conversations/index.ts';
import { askEndpoint, type ChatEndpoint } from './chat-endpoint.ts';
import { InstructionLog } from './instruction-log.ts';
import { InstructionPool } from './instruction-pool.ts';
import { instructionPrompt, pickExamples, readInstructions } from './instruction-prompt.ts';
import { isWaiting, numKeptOf, reportOf, type SelfInstructReport } from './self-instruct-report.ts';

export interface SelfInstructOptions {
  /** Tasks of people to begin from, in any format of conversations. */
  readonly seedTasks: ConversationSource;
  readonly endpoint: ChatEndpoint;
  /** Where the run keeps its events and, at its end, `conversations.jsonl`. */
  readonly folder: string;
  /** How many conversations to make. */
  readonly numConversations: number;
  /** Of the draws of examples. Default: 1. */
  readonly seed?: number | undefined;
  /** Requests at once. Default: 4. */
  readonly numParallel?: number | undefined;
  readonly onProgress?: ((report: SelfInstructReport) => void) | undefined;
}

/** After so many lists in a row with nothing new the model has no more ideas. */
const maxInVain = 10;

/**
 * Makes instructions and answers with a model, from tasks of people (Self-Instruct, Wang et al. 2023,
 * arXiv 2212.10560): again and again it is shown some tasks and asked for others; those that are too
 * short, too long, beyond a model of texts, or like a known one (ROUGE-L of 0.7 or more) are not taken,
 * and it answers the rest. Stops when there are enough, or nothing new for ten lists in a row.
 *
 * Every answer is kept when it arrives: after any interruption the same call goes on.
 *
 * @returns what was made: read = kept + rejected + waiting; the conversations stand in `folder`
 * @throws ConfigError for seed tasks without a conversation, and when the folder holds another run;
 *   as `askEndpoint`; FileError when the folder cannot be written.
 */
export async function selfInstruct(options: SelfInstructOptions): Promise<SelfInstructReport> {
  const seeds = await seedInstructions(options.seedTasks);
  const { folder, endpoint, seed = 1, numConversations } = options;
  makeFolder(folder);
  const release = takeLock(join(folder, 'lock'));
  try {
    const facts = `${hashOf(seeds)}, ${endpoint.model}, seed ${seed}`;
    using log = new InstructionLog(join(folder, 'events.jsonl'), facts);
    const pool = new InstructionPool([...seeds, ...log.made.map((one) => one.instruction)]);
    for (;;) {
      await answerWaiting(log, options);
      if (numKeptOf(log) >= numConversations || log.numInVain >= maxInVain) break;
      await askForMore(log, pool, seeds, options);
    }
    writeConversations(log, options);
    return reportOf(log);
  } finally {
    release();
  }
}

async function seedInstructions(source: ConversationSource): Promise<string[]> {
  const texts = new Set<string>();
  for await (const record of source.read()) {
    if (!('conversation' in record)) continue;
    const first = record.conversation.messages.find(({ role }) => role === 'user');
    if (first !== undefined) texts.add(first.content);
  }
  if (texts.size > 0) return [...texts];
  throw new ConfigError({ what: 'the seed tasks', must: 'hold a conversation', got: 'none' });
}

async function askForMore(
  log: InstructionLog,
  pool: InstructionPool,
  seeds: readonly string[],
  { endpoint, seed = 1 }: SelfInstructOptions,
): Promise<void> {
  const random = new SeededRandom(deriveSeed(seed, 'self-instruct', log.numRequests));
  const made = pool.texts.slice(seeds.length);
  const messages = instructionPrompt(pickExamples(random, seeds, made));
  const answer = await askEndpoint(endpoint, { messages, temperature: 1, maxTokens: 1_024 });
  if ('rejected' in answer) {
    log.addInstructions([], [answer.rejected]);
    return;
  }
  const written = readInstructions(answer.text, answer.isCut);
  const [taken, rejected]: [string[], string[]] = [[], []];
  for (const text of written) {
    const reason = pool.judge(text);
    if (reason !== undefined) rejected.push(reason);
    else {
      pool.add(text);
      taken.push(text);
    }
  }
  log.addInstructions(taken, written.length === 0 ? ['a list without tasks'] : rejected);
}

/** Asks for the answers that are missing, several at once, until there are enough. */
async function answerWaiting(log: InstructionLog, options: SelfInstructOptions): Promise<void> {
  const { endpoint, numConversations, numParallel = 4, onProgress } = options;
  const waiting = [...log.made.keys()].filter((at) => isWaiting(log, at));
  const work = async () => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (numKeptOf(log) >= numConversations) return;
      const { instruction: content } = log.made[at] as { instruction: string };
      const messages = [{ role: 'user', content } as const];
      const answer = await askEndpoint(endpoint, { messages, temperature: 0.7, maxTokens: 2_048 });
      if ('rejected' in answer) log.addAnswer(at, answer);
      else if (answer.isCut) log.addAnswer(at, { rejected: 'an answer that was cut off' });
      else if (answer.text === content) log.addAnswer(at, { rejected: 'an answer that repeats' });
      else log.addAnswer(at, { text: answer.text });
      onProgress?.(reportOf(log));
    }
  };
  await Promise.all(Array.from({ length: numParallel }, work));
}

/** In the order of their instructions, whatever the order of the answers. */
function writeConversations({ made }: InstructionLog, { folder }: SelfInstructOptions): void {
  const lines = made.flatMap(({ instruction, answer }) => {
    if (answer === undefined) return [];
    const messages = [
      { role: 'user', content: instruction },
      { role: 'assistant', content: answer },
    ];
    return [`${JSON.stringify({ messages })}\n`];
  });
  writeFileAtomic(join(folder, 'conversations.jsonl'), lines.join(''));
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}
