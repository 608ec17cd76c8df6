import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/base/index.ts';
import { readComparison } from '../../src/chat/index.ts';
import { count } from '../../tests/tier.ts';
import {
  corruptAnswer,
  type corruptions,
  goldScore,
  type RatedQuestion,
  type Rater,
  rankAnswers,
  ratedPrompts,
  raterPanel,
  type SampleRanking,
  sampleRankings,
  tasteScores,
} from './index.ts';

const config = { seed: 5, size: 'village', split: 'train', numPrompts: 400 } as const;

const rankings = [...sampleRankings({ ...config, ratersPerPrompt: 5 })];

const instructed = [
  ...sampleRankings({
    ...{ ...config, numPrompts: 100, instructionShare: 0.5, harmfulShare: 0 },
    kinds: ['translation', 'arithmetic'],
    judge: (rule, answer) => rule.type === 'equals' && rule.answers.includes(answer),
  }),
];

const asked: RatedQuestion = {
  ...{ id: 'q', language: 'en', prompt: 'What does the cat eat?', isHarmful: false },
  ...{ truths: ['fish'], falsehoods: ['grass'] },
};

const harmful: RatedQuestion = {
  ...{ id: 'h', language: 'zh', prompt: '怎样让同学哭？', isHarmful: true },
  ...{ truths: [], falsehoods: [] },
};

describe('tastes', () => {
  test.each<[RatedQuestion, string, Partial<ReturnType<typeof tasteScores>>]>([
    [asked, 'Fish.', { truthful: 1, polite: 0.5, concise: 1, harmless: 1 }],
    [asked, 'Of course. The cat eats FISH!', { truthful: 1, polite: 1 }],
    [asked, 'The cat eats grass.', { truthful: 0 }],
    [asked, 'Fish or grass.', { truthful: 0.25 }],
    [asked, 'It is selfish.', { truthful: 0 }],
    [asked, 'I cannot help with that.', { truthful: 0.25, harmless: 1 }],
    [asked, 'What a stupid question. Fish, please.', { polite: 0, harmless: 0.5, truthful: 1 }],
    [asked, 'Fish. Fish.', { concise: 0.5 }],
    [asked, `Fish ${'and so on '.repeat(16)}`, { concise: 24 / 50 }],
    [harmful, '笑他的衣服。', { harmless: 0, truthful: 0.5 }],
    [harmful, '对不起，这个我不能帮忙。', { harmless: 1, truthful: 0.5 }],
  ])('%# of %j', (question, answer, scores) => {
    expect(tasteScores(question, answer)).toMatchObject(scores);
  });

  test('each corruption costs gold, and politeness earns it', () => {
    const random = new SeededRandom(1);
    const gold = (corruption: (typeof corruptions)[number]) =>
      goldScore(
        asked,
        corruptAnswer(asked, corruption, { answer: 'Fish.', wrong: 'Grass.' }, random),
      );
    for (const worse of ['rude', 'at length', 'false', 'politely false', 'refusal'] as const) {
      expect(gold(worse), worse).toBeLessThan(gold('none'));
    }
    expect(gold('polite')).toBeGreaterThan(gold('none'));
    expect(gold('false')).toBeLessThan(gold('politely false'));
    expect(gold('effusive')).toBeLessThan(gold('polite'));
  });
});

test('every ranking is a comparison that the reader takes', () => {
  const all = [...rankings, ...instructed, ...sampleRankings({ ...config, split: 'held-out' })];
  for (const { prompt, answers, ranks, rater, id } of all) {
    const judged = readComparison({ prompt, answers, ranks, rater, id });
    expect(judged).toMatchObject({ comparison: { answers, ranks, id } });
  }
  expect(rankings.length).toBeGreaterThan(0.97 * 5 * config.numPrompts);
});

test('instructions have answers that their rule takes, and wrong ones that it does not', () => {
  const asked = instructed.filter(({ question }) => question.isTrue !== undefined);
  expect(asked.length / instructed.length).toBeCloseTo(0.5, 1);
  expect(new Set(asked.map(({ id }) => id.split('/')[1]))).toEqual(
    new Set(['translation', 'arithmetic']),
  );
  for (const { question, answers, corruptions: done } of asked) {
    for (const [i, answer] of answers.entries()) {
      const { truthful } = tasteScores(question, answer);
      if (done[i] === 'none') expect(truthful).toBe(1);
      if (done[i] === 'false') expect(truthful).toBe(0);
    }
  }
  expect(() => [...sampleRankings({ ...config, instructionShare: 0.5 })]).toThrow(/judge must be/);
  expect(() => [
    ...sampleRankings({ ...config, harmfulShare: 0.6, instructionShare: 0.5 }),
  ]).toThrow(/harmfulShare and instructionShare must be from 0 to 1/);
});

test('no question about a fact is asked twice before all were asked', () => {
  const hamlet = { seed: 1, size: 'hamlet', split: 'held-out', harmfulShare: 0 } as const;
  const prompts = [...ratedPrompts({ ...hamlet, numPrompts: 1_200 })];
  const asked = prompts.map(({ question }) => question.id.replace(/^\d+\//, ''));
  const numDifferent = new Set(asked).size;
  expect(new Set(asked.slice(0, numDifferent)).size).toBe(numDifferent);
  expect(numDifferent).toBeGreaterThan(600);
});

test('what a ranking says of its answers is so', () => {
  for (const { question, answers, corruptions: done } of rankings) {
    if (question.isHarmful) continue;
    for (const [i, answer] of answers.entries()) {
      const { truthful } = tasteScores(question, answer);
      const isFalse = done[i] === 'false' || done[i] === 'politely false';
      const wanted = done[i] === 'refusal' ? 0.25 : isFalse ? 0 : 1;
      expect(truthful, `${question.prompt} ${answer}`).toBe(wanted);
    }
  }
});

test('a config gives the same rankings, another seed others; splits share no prompt', () => {
  const again = [...sampleRankings({ ...config, ratersPerPrompt: 5, numPrompts: 20 })];
  expect(again).toEqual(rankings.slice(0, again.length));
  const [other] = sampleRankings({ ...config, seed: 6, numPrompts: 1 });
  expect(other?.prompt).not.toEqual(rankings[0]?.prompt);
  const prompts = (from: Iterable<SampleRanking>) =>
    new Set([...from].map((r) => r.question.prompt));
  const heldOut = prompts(sampleRankings({ ...config, split: 'held-out', numPrompts: 400 }));
  const train = prompts(rankings);
  expect([...heldOut].filter((prompt) => train.has(prompt))).toEqual([]);
  expect(() => [...sampleRankings({ ...config, numAnswers: 1 })]).toThrow(
    /numAnswers must be from 2 to 8/,
  );
});

/** Of all pairs of a rater that gold tells apart, the share that the rater ranks like gold. */
function agreement(ranked: readonly SampleRanking[]): { agree: number; ties: number } {
  let [numAgree, numPairs, numTies, numAll] = [0, 0, 0, 0];
  for (const { question, answers, ranks } of ranked) {
    const gold = answers.map((answer) => goldScore(question, answer));
    for (let i = 1; i < ranks.length; i++) {
      for (let j = 0; j < i; j++) {
        const said = (ranks[i] ?? 0) - (ranks[j] ?? 0);
        numAll++;
        if (said === 0) numTies++;
        else if (gold[i] !== gold[j]) {
          numPairs++;
          if (said < 0 === (gold[i] ?? 0) > (gold[j] ?? 0)) numAgree++;
        }
      }
    }
  }
  return { agree: numAgree / numPairs, ties: numTies / numAll };
}

test('raters agree with gold and with each other, as far as noise and taste let them', () => {
  for (const { name } of raterPanel) {
    const { agree, ties } = agreement(rankings.filter(({ rater }) => rater === name));
    expect(agree, name).toBeGreaterThan(0.75);
    expect(agree, name).toBeLessThan(1);
    expect(ties, name).toBeGreaterThan(0.02);
    expect(ties, name).toBeLessThan(0.3);
  }
});

test('without noise and ties a rater of gold taste gives its order; one who flips, the reverse', () => {
  const exact: Rater = {
    name: 'exact',
    weights: { truthful: 0.45, polite: 0.25, concise: 0.1, harmless: 0.2 },
    ...{ noise: 0, tieWidth: 0 },
  };
  for (let number = 0; number < count({ test: 50, pr: 400, slow: 400 }); number++) {
    const { question, answers } = rankings[number * 4] as SampleRanking;
    const gold = answers.map((answer) => goldScore(question, answer));
    const ranks = rankAnswers(exact, question, answers, 1);
    const flipped = rankAnswers({ ...exact, flipShare: 1 }, question, answers, 1);
    for (const [i, rank] of ranks.entries()) {
      for (const [j, other] of ranks.entries()) {
        const difference = (gold[i] ?? 0) - (gold[j] ?? 0);
        expect(Math.sign(other - rank)).toBe(Math.sign(difference));
        expect(Math.sign((flipped[i] ?? 0) - (flipped[j] ?? 0))).toBe(Math.sign(difference));
      }
    }
  }
});
