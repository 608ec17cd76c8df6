/** The built-in corpora, conversations and tasks that a recipe can name. */
import {
  generateCrawl,
  generateInstructions,
  generateWorld,
  instructionConversations,
  instructionKinds,
  sampleRankings,
  tangPoems,
  type WorldSize,
} from '../samples/index.ts';
import type { TextGenerator } from '../src/base/index.ts';
import type { Comparison, Conversation } from '../src/chat/index.ts';
import type { EvaluationTask } from '../src/evaluate/index.ts';

export const generators: Readonly<Record<string, TextGenerator>> = {
  /** Options: `sizeBytes`; `seed` (1); `size`: hamlet, village, town or country (village). */
  'sample-world': ({ sizeBytes = 0, seed = 1, size = 'village' }) =>
    generateWorld({ sizeBytes: Number(sizeBytes), seed: Number(seed), size: size as WorldSize }),
  /** Web pages about the same world, most of them not worth reading. Options: `numPages`; as above. */
  'sample-crawl': function* ({ numPages = 0, seed = 1, size = 'village' }) {
    const config = { numPages: Number(numPages), seed: Number(seed), size: size as WorldSize };
    for (const { url, bytes: html } of generateCrawl(config)) yield { url, html };
  },
  /** Each Tang poem of samples/, with its title and author and without. */
  'tang-poems': function* () {
    for (const { title, author, text } of tangPoems()) {
      yield { text: `《${title.zh}》${author.zh}\n${text}\n` };
      yield { text: `${text}\n` };
    }
  },
};

type Options = Readonly<Record<string, string | number>>;

/** The built-in conversations to fine-tune on, and rankings to learn a reward from. */
export const conversationGenerators: Readonly<
  Record<string, (options: Options) => Iterable<Conversation | Comparison>>
> = {
  /**
   * Options: `numItems`; `seed` (1); `size`: hamlet, village, town or country (hamlet); `kinds` (all),
   * with commas between them; `maxTurns` (1): conversations have from one to so many of them.
   */
  'sample-instructions': function* ({ maxTurns = 1, ...options }) {
    const config = { ...instructionsOf(options, 'train'), maxTurns: Number(maxTurns) };
    for (const turns of instructionConversations(config)) {
      yield {
        messages: turns.flatMap(({ messages, answer }) => [
          ...messages,
          { role: 'assistant' as const, content: answer },
        ]),
      };
    }
  },
  /**
   * By the raters of samples/. Options: `numPrompts`; `numAnswers` (4); `ratersPerPrompt` (1); `seed`
   * (1); `size`: hamlet, village, town or country (hamlet).
   */
  'sample-rankings': ({ numPrompts = 0, numAnswers = 4, ratersPerPrompt = 1, ...options }) =>
    sampleRankings({
      ...{ numPrompts: Number(numPrompts), numAnswers: Number(numAnswers), split: 'train' },
      ratersPerPrompt: Number(ratersPerPrompt),
      ...{ seed: Number(options.seed ?? 1), size: (options.size ?? 'hamlet') as WorldSize },
    }),
};

/** The built-in tasks that a recipe can evaluate a model with. */
export const taskGenerators: Readonly<
  Record<string, (options: Options) => Iterable<EvaluationTask>>
> = {
  /** What `sample-instructions` holds out; the same options. */
  'sample-instructions': (options) => generateInstructions(instructionsOf(options, 'held-out')),
};

function instructionsOf(
  { numItems = 0, seed = 1, size = 'hamlet', kinds }: Options,
  split: 'train' | 'held-out',
) {
  const wanted = kinds === undefined ? instructionKinds : String(kinds).split(',');
  const without = instructionKinds.filter((kind) => !wanted.includes(kind));
  const weights = Object.fromEntries(without.map((kind) => [kind, 0]));
  const world = { seed: Number(seed), size: size as WorldSize };
  return { ...world, split, numItems: Number(numItems), weights };
}
