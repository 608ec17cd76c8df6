/** The recipes that come with Athanor: numbers that were tried, with what they reached. */
import type { Recipe } from '../src/recipe/index.ts';
import { classics, classicsNext } from './classics.ts';
import { gpt2Small } from './gpt2-124m.ts';
import { instruct30min } from './instruct-30min.ts';
import { quickstart } from './quickstart.ts';
import { shakespeareChar } from './shakespeare-char.ts';
import { smoke } from './smoke.ts';
import { tangPoems } from './tang-poems.ts';

export {
  conversationGenerators,
  generators,
  goldGenerators,
  taskGenerators,
} from './generators.ts';

/** By name. */
export const recipes: Readonly<Record<string, Recipe>> = Object.fromEntries(
  [
    quickstart,
    instruct30min,
    smoke,
    shakespeareChar,
    tangPoems,
    gpt2Small,
    classics,
    classicsNext,
  ].map((recipe) => [recipe.name, recipe]),
);
