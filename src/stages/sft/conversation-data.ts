/** From the conversations of a recipe to data sets of tokens. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  asFileError,
  ConfigError,
  hashFile,
  ProgressLine,
  type StageContext,
} from '../../base/index.ts';
import {
  type ConversationDataset,
  openConversations,
  subsetChooser,
  writeConversations,
} from '../../batches/index.ts';
import {
  type ConversationReport,
  type ConversationSource,
  type PreparedConversation,
  prepareConversations,
} from '../../corpus/index.ts';
import { conversationSourceOf, nothingLeft } from '../training/index.ts';
import type { BaseModel } from './base-model.ts';
import type { ConversationData, SftConfig } from './config.ts';
import { keptOutQuestions } from './kept-out.ts';

/** The conversations of one entry of `sft.data`. */
export interface SourceConversations {
  name: string;
  weight: number;
  train: ConversationDataset;
  validation: ConversationDataset;
}

export interface SftData {
  sources: readonly SourceConversations[];
  report: ConversationReport;
  /** Of all that the tokens are made from. */
  sha256: string;
}

const reportName = 'report.json';

/**
 * The conversations as tokens: those that an earlier start wrote, or new ones. The folder's name is a
 * hash of everything they are made from.
 *
 * @throws ConfigError for a generator that does not exist, files of other formats, a conversation
 *   that asks one of the tasks, and when nothing is left to train on; FileError for unreadable files.
 */
export async function prepareData(
  config: SftConfig,
  base: BaseModel,
  context: StageContext,
): Promise<SftData> {
  const sources = config.data.map((data, i) => conversationSourceOf('sft.data', data, i, context));
  const contents = await Promise.all(config.data.map(contentOf));
  const keptOut = config.keepOut && (await contentOf(config.keepOut));
  const { tokenizer, template, modelConfig } = base;
  const { heldOut = 0, duplicates = 'exact' } = config;
  const { contextLength = modelConfig.contextLength } = config;
  const identity = JSON.stringify([
    ...[contents, heldOut, duplicates, contextLength, keptOut],
    ...[tokenizer.hash, template.source, String(context.seed)],
  ]);
  const sha256 = createHash('sha256').update(identity).digest('hex');
  const directory = context.run.file('sft', 'data', sha256.slice(0, 16));
  if (!existsSync(directory)) {
    const questions = await keptOutQuestions(config, context);
    await write({ directory, sources, contextLength, questions }, config, base, context);
  }
  const names = sources.map(({ name }) => name);
  const report = JSON.parse(readFileSync(join(directory, reportName), 'utf8'));
  return { sources: openAll(directory, names, config, base, report), report, sha256 };
}

/** @throws ConfigError when nothing is left to train on. */
function openAll(
  directory: string,
  names: readonly string[],
  { data }: SftConfig,
  { tokenizer }: BaseModel,
  report: ConversationReport,
): SourceConversations[] {
  const opened = data.map(({ weight = 1 }, i): SourceConversations => {
    const name = names[i] as string;
    const open = (subset: string) =>
      openConversations(join(directory, subset, name), { tokenizerHash: tokenizer.hash });
    return { name, weight, train: open('train'), validation: open('validation') };
  });
  checkNotEmpty(opened, report);
  return opened;
}

interface Inputs {
  directory: string;
  sources: readonly ConversationSource[];
  contextLength: number;
  /** What the model will be asked when it is evaluated. */
  questions: ReadonlySet<string>;
}

async function write(
  { directory, sources, contextLength, questions }: Inputs,
  { heldOut = 0, duplicates }: SftConfig,
  { template, tokenizer }: BaseModel,
  { seed, progress: style }: StageContext,
): Promise<void> {
  using progress = new ProgressLine(style);
  progress.update('sft: reading conversations', { stage: 'sft' });
  // A row of T places holds T + 1 tokens, for the last one is a target only.
  const options = { sources, template, maxTokens: contextLength + 1, duplicates };
  const { report, read } = await prepareConversations(options);
  const choose = subsetChooser(heldOut, seed);
  async function* placed() {
    for await (const conversation of read()) {
      refuseKnown(conversation, questions);
      const subset = choose(Buffer.from(questionOf(conversation)));
      const dataset = join(subset, conversation.origin.source);
      yield { dataset, conversation: conversation.rendered };
    }
  }
  const datasets = ['train', 'validation'].flatMap((subset) =>
    sources.map(({ name }) => join(subset, name)),
  );
  const documents = () => ({ [reportName]: `${JSON.stringify(report, null, 2)}\n` });
  await writeConversations({ directory, tokenizer, datasets, conversations: placed(), documents });
}

/** An evaluation on what was trained on would measure memory. */
function refuseKnown({ messages, origin }: PreparedConversation, questions: ReadonlySet<string>) {
  const known = messages.find(({ role, content }) => role === 'user' && questions.has(content));
  if (known === undefined) return;
  throw new ConfigError({
    what: `a conversation of ${origin.source} (${origin.file}:${origin.record})`,
    must: 'ask nothing that sft.keepOut asks',
    got: JSON.stringify(known.content.slice(0, 80)),
    hint: 'leave it out of the data, or evaluate with other tasks',
  });
}

/** Conversations that begin alike are on one side: what is held out was never asked in training. */
function questionOf({ messages, rendered }: PreparedConversation): string {
  const question = messages.find(({ role }) => role === 'user')?.content;
  return question ?? String(rendered.ids);
}

/** What an entry says of its content: the hashes of its files, or its generator and options. */
async function contentOf({ files = [], weight: _, ...data }: ConversationData): Promise<unknown> {
  const hashes = [];
  for (const file of files) hashes.push(...(await hashFiles(file)));
  return [data, hashes];
}

async function hashFiles(path: string): Promise<string[]> {
  try {
    if (statSync(path).isDirectory()) {
      const names = (await readdir(path)).sort();
      return (await Promise.all(names.map((name) => hashFiles(join(path, name))))).flat();
    }
    return [await hashFile(path)];
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

function checkNotEmpty(
  sources: readonly SourceConversations[],
  { numRead, rejected }: ConversationReport,
): void {
  if (sources.some(({ train }) => train.numConversations > 0)) return;
  throw nothingLeft('sft.data', 'have conversations to train on', numRead, rejected);
}
