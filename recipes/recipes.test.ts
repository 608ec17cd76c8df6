/** Every built-in recipe, without running it: `smoke` is run by the tests of the command. */
import { expect, test } from 'vitest';
import { Gpt, type GptConfig, parameterBreakdown } from '../src/model/index.ts';
import { onDevice } from '../src/nn/index.ts';
import { type Recipe, resolveRecipe } from '../src/recipe/index.ts';
import { generators, recipes } from './index.ts';

const entries = Object.entries(recipes);

/** Parameters of the model, built without memory for them. */
function numParameters(config: GptConfig): number {
  const model = onDevice('meta', () => new Gpt(config));
  try {
    return [...model.parameters().values()].reduce((sum, { numElements }) => sum + numElements, 0);
  } finally {
    model.dispose();
  }
}

test.each(entries)('%s has fields of the right names and types', (name, recipe) => {
  expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(resolveRecipe(recipe)).toEqual(recipe);
  for (const { generator } of Object.values(recipe.corpus?.sources ?? {})) {
    if (generator !== undefined) expect(generators).toHaveProperty(generator);
  }
});

const trained = entries.filter(([, { pretrain }]) => pretrain !== undefined);

test.each(trained)('the model of %s holds its tokenizer and its schedule', (_, recipe) => {
  const { model, schedule, numSteps } = recipe.pretrain as NonNullable<Recipe['pretrain']>;
  expect(model.vocabSize).toBeGreaterThanOrEqual(recipe.tokenizer?.vocabSize ?? Infinity);
  expect(schedule.warmupSteps ?? 0).toBeLessThan(numSteps);
  expect(numParameters(model)).toBe(parameterBreakdown(model).total);
});

test('gpt2-124m is GPT-2 124M with half a million tokens a step', () => {
  const pretrain = recipes['gpt2-124m']?.pretrain;
  if (pretrain === undefined) throw new Error('the recipe pre-trains');
  const { model, microBatchSize, numMicroBatches } = pretrain;
  expect(numParameters(model)).toBe(124_439_808);
  expect(microBatchSize * Number(numMicroBatches) * model.contextLength).toBe(2 ** 19);
});
