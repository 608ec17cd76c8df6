/** Finds the recipe that a command names. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type ItemGenerator, packageRoot, type TextGenerator } from '../base/index.ts';
import type { Recipe } from '../recipe/index.ts';

/** What recipes/index.ts exports: it stands beside src/, which must not know it, so it is found by its place. */
export interface BuiltIns {
  recipes: Readonly<Record<string, Recipe>>;
  generators: Readonly<Record<string, TextGenerator>>;
  conversationGenerators: Readonly<Record<string, ItemGenerator>>;
  taskGenerators: Readonly<Record<string, ItemGenerator>>;
  goldGenerators: Readonly<Record<string, ItemGenerator>>;
}

export async function loadBuiltIns(): Promise<BuiltIns> {
  return (await import(new URL('dist/recipes/index.js', packageRoot()).href)) as BuiltIns;
}

/**
 * A built-in recipe by its name, or what a file exports: by `default`, or as its only export that has
 * a name and a description. Not checked yet.
 *
 * @throws ConfigError when there is none.
 */
export async function loadRecipe(
  name: string,
  { recipes }: Pick<BuiltIns, 'recipes'>,
): Promise<unknown> {
  if (Object.hasOwn(recipes, name)) return recipes[name];
  const isFile = /\.[cm]?[jt]s$/.test(name);
  if (!isFile) {
    const must = `be one of ${Object.keys(recipes).join(', ')}, or a file (.ts, .mjs)`;
    throw new ConfigError({ what: 'the recipe', must, got: name, hint: 'athanor run lists them' });
  }
  const path = resolve(name);
  if (!existsSync(path)) {
    throw new ConfigError({ what: 'the recipe', must: 'be a file that exists', got: path });
  }
  return onlyRecipe(path, await importFile(path));
}

/** TypeScript too, which Node 20 does not read by itself. */
async function importFile(path: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti');
  try {
    // Else a module without a default export would be its own.
    return await createJiti(import.meta.url, { interopDefault: false }).import(path);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError({ what: path, must: 'be a module that loads', got }, { cause });
  }
}

function onlyRecipe(path: string, exports: Record<string, unknown>): unknown {
  if (exports.default !== undefined) return exports.default;
  const candidates = Object.values(exports).filter(
    (value) => typeof value === 'object' && value !== null && 'description' in value,
  );
  if (candidates.length === 1) return candidates[0];
  const got = `${candidates.length} exports that look like one`;
  const hint = 'export default defineRecipe({ … })';
  throw new ConfigError({ what: path, must: 'export one recipe', got, hint });
}
