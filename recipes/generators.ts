/** The built-in corpora, conversations and tasks that a recipe can name. */
import {
  generateCrawl,
  generateInstructions,
  generateWorld,
  goldScore,
  instructionConversations,
  instructionKinds,
  sampleRankings,
  tangPoems,
  type WorldSize,
} from '../samples/index.ts';
import type { TextGenerator } from '../src/base/index.ts';
import type { Comparison, Conversation, Message } from '../src/chat/index.ts';
import type { EvaluationTask, GoldPrompt } from '../src/evaluate/index.ts';
import {
  goldPrompts,
  type Options,
  rankingConfig,
  sampleDemonstrations,
  samplePrompts,
} from './rated-prompts.ts';

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

type Row = Conversation | Comparison | { readonly prompt: readonly Message[] };

/** The built-in conversations to fine-tune on, rankings to learn a reward from, prompts to answer. */
export const conversationGenerators: Readonly<Record<string, (options: Options) => Iterable<Row>>> =
  {
    /**
     * Options: `numItems`; `seed` (1); `size`: hamlet, village, town or country (hamlet); `kinds` (all),
     * with commas between them; `maxTurns` (1): conversations have from one to so many of them.
     */
    'sample-instructions': function* ({ maxTurns = 1, courtesy = 0, ...options }) {
      const manner = { maxTurns: Number(maxTurns), courtesy: Number(courtesy) };
      const config = { ...instructionsOf(options, 'train'), ...manner };
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
     * What the raters of samples/ ask. Options: `numPrompts`; `split` (train); `seed` (1); `size`: hamlet,
     * village, town or country (hamlet); `harmfulShare` (0.1); `instructionShare` (0), and their `kinds`
     * (all but programs).
     */
    'sample-prompts': samplePrompts,
    /** Good answers to these, `politeShare` (0.2) of them polite; options as `sample-prompts`. */
    'sample-demonstrations': sampleDemonstrations,
    /** By these raters, with the true worth of each answer (`gold`). Options: `numAnswers` (4); `ratersPerPrompt` (1); as `sample-prompts`. */
    'sample-rankings': function* ({ numAnswers = 4, ...options }) {
      const config = { ...rankingConfig(options), numAnswers: Number(numAnswers) };
      for (const { question, ...ranking } of sampleRankings(config)) {
        yield { ...ranking, gold: ranking.answers.map((answer) => goldScore(question, answer)) };
      }
    },
  };

/** The built-in prompts of which the truth is known. */
export const goldGenerators: Readonly<Record<string, (options: Options) => Iterable<GoldPrompt>>> =
  {
    /** Options as those of the rankings; `numAnswers` is the number of variants. */
    'sample-prompts': goldPrompts,
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
