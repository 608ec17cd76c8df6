import type { Recipe } from '../src/recipe/index.ts';

/** Of an answer. */
export const maxTokens = 48;

const generator = 'sample-prompts';
const size = 'hamlet';
/**
 * What raters, policy and the comparison are asked: questions about two sentences that stand before
 * them. Whether an answer is true can be seen there; a reward model of three layers does not learn within
 * a minute to tell true from false by memory (docs/LOG.md, 2026-11-26).
 */
const passages = { size, harmfulShare: 0.02, instructionShare: 0.98, kinds: 'reading' };
/** A polite sentence beside a translation is no translation: so that politeness stays where it belongs. */
const exercises = {
  ...{ size, harmfulShare: 0, instructionShare: 1 },
  kinds: 'translation,arithmetic',
};

/** What the tuned model itself answers, among answers with every known fault: nine in all. */
const rankedAnswers = { numAnswers: 8 };
const sampled = { perPrompt: 1, maxTokens };

/** From a tuned model to one that people like better: the quickstart's second half. */
export const quickstartRlhf = {
  reward: {
    data: [
      { generator, options: { numPrompts: 3600, ...rankedAnswers, ...passages }, sampled },
      { generator, options: { numPrompts: 300, ...rankedAnswers, ...exercises }, sampled },
    ],
    demonstrations: [
      { generator: 'sample-demonstrations', options: { numPrompts: 400, ...passages } },
    ],
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 5e-3, warmupSteps: 20, final: 1e-4 },
    checkpointEvery: 100,
    evaluateEvery: 100,
    targets: { accuracyOfBound: 0.95 },
  },
  ppo: {
    prompts: [
      { generator, options: { numPrompts: 2600, ...passages } },
      { generator, options: { numPrompts: 2600, ...exercises } },
    ],
    ...{ numUpdates: 34, rolloutSize: 192, minibatchSize: 96, microBatchSize: 48, maxTokens },
    kl: { type: 'fixed', beta: 0.05 },
    // Below all that a finished answer gets.
    unfinished: { type: 'fixed', score: -5 },
    schedule: { kind: 'linear', peak: 1e-4, final: 2e-5, warmupSteps: 4 },
    // The value function has to be right first: it began as what is said at the end of an answer.
    valueSchedule: { kind: 'linear', peak: 1e-3, final: 1e-4, warmupSteps: 2 },
    pretrainMix: { gamma: 0.1, ratio: 1, contextLength: 64 },
    checkpointEvery: 20,
  },
  compare: {
    prompts: [{ generator, options: { numPrompts: 1200, split: 'held-out', ...passages } }],
    maxTokens,
    targets: { winRate: 0.65, kl: 10, accuracyDrop: 0.02 },
  },
} as const satisfies Partial<Recipe>;
