/** What stages get of the raters of samples/. */
import { expect, test } from 'vitest';
import { conversationGenerators, goldGenerators } from './index.ts';

const options = { numPrompts: 60, instructionShare: 0.3, split: 'held-out' };
const promptsOf = (name: string) =>
  [...(conversationGenerators[name]?.(options) ?? [])].map((row) =>
    'messages' in row ? row.messages[0] : row.prompt[0],
  );
const gold = [...(goldGenerators['sample-prompts']?.(options) ?? [])];

test('prompts, demonstrations and gold prompts are about the same', () => {
  const prompts = promptsOf('sample-prompts');
  expect(prompts).toHaveLength(60);
  expect(promptsOf('sample-demonstrations')).toEqual(prompts);
  expect(gold.map(({ messages }) => messages[0])).toEqual(prompts);
});

test('a demonstration is worth as much as any variant, but for one that is more polite', () => {
  const demonstrations = [...(conversationGenerators['sample-demonstrations']?.(options) ?? [])];
  for (const [i, row] of demonstrations.entries()) {
    const { score, variants } = gold[i] as (typeof gold)[number];
    const answer = 'messages' in row ? (row.messages.at(-1)?.content ?? '') : '';
    const best = Math.max(...variants.map(score));
    expect(score(answer), answer).toBeGreaterThanOrEqual(best - 0.1251);
    expect(score(answer), answer).toBeGreaterThan(0.64);
  }
});

test('raters order answers, and mostly as gold does', () => {
  let [numAlike, numPairs] = [0, 0];
  for (const { variants, score, rank } of gold) {
    expect(new Set(variants).size).toBe(variants.length);
    const [ranking] = rank(variants);
    for (const [i, answer] of variants.entries()) {
      for (const [j, other] of variants.entries()) {
        const said = (ranking?.ranks[j] ?? 0) - (ranking?.ranks[i] ?? 0);
        const difference = score(answer) - score(other);
        if (said <= 0 || difference === 0) continue;
        numPairs++;
        if (difference > 0) numAlike++;
      }
    }
  }
  expect(numPairs).toBeGreaterThan(150);
  expect(numAlike / numPairs).toBeGreaterThan(0.8);
});
