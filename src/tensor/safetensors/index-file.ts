import { FileError } from '../../base/index.ts';
import { excerpt } from './excerpt.ts';
import { brokenNameRule, compareUtf8 } from './format.ts';
import { JsonCursor } from './strict-json.ts';

/** The names that a model folder in Hugging Face form has for its parts. */
export const singleFileName = 'model.safetensors';
export const indexFileName = 'model.safetensors.index.json';

/** Twice what the largest models published so far take. */
export const indexLimits = {
  sizeBytes: 64 * 2 ** 20,
  numTensors: 500_000,
  numShards: 1_000,
} as const;

/**
 * Reads the index of a sharded model, which says in which file of its folder each tensor is:
 * `{"metadata": {…}, "weight_map": {"lm_head.weight": "model-00002-of-00002.safetensors", …}}`.
 *
 * @returns the names of the tensors of each shard. The shards' names are plain file names, so that
 *   nothing outside the folder can be meant.
 * @throws FileError naming file, place and reason.
 */
export function parseIndex(json: Buffer, path: string): Map<string, Set<string>> {
  const cursor = new JsonCursor(json, path);
  const shards = new Map<string, Set<string>>();
  let hasWeightMap = false;
  cursor.object(1_000, (key) => {
    // Only the map matters. What else programs write here, `total_size` above all, is not relied on.
    if (key !== 'weight_map') return cursor.skipValue(8);
    hasWeightMap = true;
    cursor.object(indexLimits.numTensors, (name) => readAssignment(cursor, name, shards));
  });
  cursor.end();
  if (hasWeightMap) return shards;
  throw new FileError({ what: path, must: 'have a weight_map', got: 'none' });
}

/** The text of an index as Hugging Face's libraries write it: names sorted, two spaces of indent. */
export function formatIndex(
  shards: ReadonlyMap<string, ReadonlyMap<string, { readonly numBytes: number }>>,
): string {
  let totalBytes = 0;
  const pairs: [string, string][] = [];
  for (const [file, tensors] of shards) {
    for (const [name, { numBytes }] of tensors) {
      totalBytes += numBytes;
      pairs.push([name, file]);
    }
  }
  // Object.fromEntries makes an own property even of `__proto__`, where an assignment would not.
  const weightMap = Object.fromEntries(pairs.sort(([a], [b]) => compareUtf8(a, b)));
  const index = { metadata: { total_size: totalBytes }, weight_map: weightMap };
  return `${JSON.stringify(index, null, 2)}\n`;
}

function readAssignment(cursor: JsonCursor, name: string, shards: Map<string, Set<string>>): void {
  const brokenRule = brokenNameRule(name);
  if (brokenRule !== undefined) cursor.fail(`hold tensor names that ${brokenRule}`, excerpt(name));
  const file = cursor.string();
  if (!/^[A-Za-z0-9._-]{1,200}\.safetensors$/.test(file)) {
    cursor.fail('name a .safetensors file of the same folder here', excerpt(file));
  }
  const names = shards.get(file) ?? new Set();
  if (shards.size === indexLimits.numShards && names.size === 0) {
    cursor.fail(`name at most ${indexLimits.numShards} files`, 'more');
  }
  shards.set(file, names.add(name));
}
