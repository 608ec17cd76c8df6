/** The recipes that come with Athanor: numbers that were tried, with what they reached. */
import type { Recipe } from '../src/recipe/index.ts';
import { quickstart } from './quickstart.ts';
import { smoke } from './smoke.ts';

export { generators } from './generators.ts';

/** By name. */
export const recipes: Readonly<Record<string, Recipe>> = Object.fromEntries(
  [quickstart, smoke].map((recipe) => [recipe.name, recipe]),
);
