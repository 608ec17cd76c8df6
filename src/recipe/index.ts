/** Whole runs as values: what a recipe is, and how it is run. */
export { readStages } from './finished-stage.ts';
export { defineRecipe, type Recipe, type StageName, stageNames } from './recipe.ts';
export { resolveRecipe } from './resolve-recipe.ts';
export {
  type RunOptions,
  type RunSummary,
  runRecipe,
  type StageSummary,
} from './run-recipe.ts';
