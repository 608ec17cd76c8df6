import { describe, expect, test } from 'vitest';
import { ConfigError } from '../base/index.ts';
import { defineRecipe, resolveRecipe } from './index.ts';

const recipe = defineRecipe({
  name: 'tiny',
  description: 'for tests',
  corpus: { sources: { books: { files: ['a.txt', 'b.txt'], weight: 2 } } },
  tokenizer: { vocabSize: 300 },
  pretrain: {
    model: { numLayers: 2, hiddenSize: 24, numHeads: 12, contextLength: 8, vocabSize: 320 },
    numSteps: 100,
    microBatchSize: 2,
    schedule: { kind: 'cosine', peak: 1e-3, warmupSteps: 10 },
    checkpointEvery: 10,
    evaluateEvery: 10,
  },
  sample: { prompts: ['Once'] },
});

test('a right recipe stays what it was, and the original untouched', () => {
  expect(resolveRecipe(recipe)).toEqual(recipe);
  const before = structuredClone(recipe);
  expect(resolveRecipe(recipe, ['seed=7', 'pretrain.numSteps=20'])).toMatchObject({
    seed: 7,
    pretrain: { numSteps: 20, microBatchSize: 2 },
  });
  expect(recipe).toEqual(before);
});

test('--set of a list, of one value for a list, of text, of a field that was left out', () => {
  const files = 'corpus.sources.books.files';
  const booksOf = (override: string) => resolveRecipe(recipe, [override]).corpus?.sources.books;
  expect(booksOf(`${files}=["c.txt","d.txt"]`)).toEqual({ files: ['c.txt', 'd.txt'], weight: 2 });
  expect(booksOf(`${files}=c=1.txt`)).toEqual({ files: ['c=1.txt'], weight: 2 });
  expect(booksOf('corpus.sources.books.heldOut=0.1')).toMatchObject({ heldOut: 0.1 });
  expect(resolveRecipe(recipe, ['pretrain.precision=fp32']).pretrain?.precision).toBe('fp32');
});

describe('--set of what cannot be', () => {
  test.each<[string, RegExp]>([
    [
      'pretrain.numStep=5',
      /^pretrain.numStep must be a field, got 5\n.*fields are model, numSteps,/,
    ],
    ['corpus.sources.books.file=x', /^corpus.sources.books.file must be a field.*\n.* files, gen/],
    [
      'pretrain.optimzer.kind=muon',
      /^--set pretrain.optimzer.kind=muon must name a field that the/,
    ],
    ['__proto__.x=1', /must name a field that the recipe has, got none/],
    ['pretrain.numSteps', /^--set must be path=value, got pretrain.numSteps/],
    ['=5', /^--set must be path=value, got =5/],
    ['pretrain.numSteps=many', /^pretrain.numSteps must be number, got "many"/],
    ['pretrain.numSteps=2.5', /^pretrain.numSteps must be int, got 2.5/],
    ['pretrain.numSteps=0', /^pretrain.numSteps must be .*>0, got 0/],
    ['pretrain.schedule.kind=step', /^pretrain.schedule.kind must be .*"cosine"\|"linear"\|"wsd"/],
    ['pretrain.model=12', /^pretrain.model must be object, got 12/],
    ['sample.prompts=[1]', /^sample.prompts.0 must be string, got 1/],
    ['name=a/b', /^name must be/],
    ['seed=-1', /^seed must be/],
  ])('%s', (override, message) => {
    const resolve = () => resolveRecipe(recipe, [override]);
    expect(resolve).toThrow(ConfigError);
    expect(resolve).toThrow(message);
  });
});

describe('numbers that do not fit together are found before anything runs', () => {
  test.each<[string[], RegExp]>([
    [
      ['pretrain.model.hiddenSize=770'],
      /^pretrain.model.hiddenSize must be divisible by pretrain.model.numHeads \(12\), got 770\n {2}hint: the nearest valid values are 768 and 780$/,
    ],
    [['pretrain.model.numKvHeads=5'], /^pretrain.model.numHeads must .* pretrain.model.numKvHeads/],
    [
      ['pretrain.model.positions=rope', 'pretrain.model.headSize=3'],
      /^pretrain.model.headSize must/,
    ],
    [['pretrain.numSteps=5'], /^pretrain.schedule.warmupSteps must be at most 5, .* got 10\n/],
    [
      ['pretrain.schedule.decaySteps=5'],
      /^pretrain.schedule.decaySteps must be given with kind wsd/,
    ],
    [
      ['pretrain.schedule.kind=wsd', 'pretrain.schedule.decaySteps=95'],
      /^pretrain.schedule.decaySteps must be at most 90/,
    ],
    [
      ['tokenizer.vocabSize=400'],
      /^pretrain.model.vocabSize must hold the 400 tokens .* got 320\n/,
    ],
  ])('%j', (overrides, message) => {
    const resolve = () => resolveRecipe(recipe, overrides);
    expect(resolve).toThrow(ConfigError);
    expect(resolve).toThrow(message);
  });
});

test('what is no recipe at all', () => {
  expect(() => resolveRecipe(undefined)).toThrow(/^the recipe must be object, got nothing/);
  expect(() => resolveRecipe({ name: 'x' })).toThrow(/^description must be string, got nothing/);
});
