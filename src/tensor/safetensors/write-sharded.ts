import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, FileError, writeFileAtomic } from '../../base/index.ts';
import type { Tensor } from '../tensor.ts';
import { listFolder } from './folder.ts';
import { formatIndex, indexFileName, indexLimits, singleFileName } from './index-file.ts';
import {
  checkHaveData,
  type NamedTensors,
  type SaveOptions,
  saveSafetensors,
  toMap,
} from './write.ts';

export interface SaveShardedOptions extends SaveOptions {
  /** Tensor bytes per file; a tensor that is larger gets a file for itself. 5 GB by default. */
  maxShardBytes?: number;
}

/**
 * Writes tensors in Hugging Face form into an existing folder without a model: `model.safetensors`
 * when all fit into one file, else `model-00001-of-0000N.safetensors` and so on, filled in the order
 * given, and last `model.safetensors.index.json`. A failure removes what was written; what a killed
 * process leaves behind is no model for `loadSharded`, as the index is missing.
 *
 * @returns the names of the files written.
 * @throws ConfigError, FileError as `saveSafetensors`, and when the folder holds a model already: its
 *   files cannot be replaced all at once.
 */
export function saveSharded(
  folder: string,
  tensors: NamedTensors,
  { maxShardBytes = 5e9, metadata = { format: 'pt' } }: SaveShardedOptions = {},
): string[] {
  refuseModel(folder);
  const named = toMap(tensors);
  checkHaveData(named);
  const parts = split(named, maxShardBytes);
  const shards = new Map(parts.map((part, i) => [shardName(i, parts.length), part]));
  const names = [...shards.keys()];
  try {
    for (const [name, part] of shards) saveSafetensors(join(folder, name), part, { metadata });
    if (shards.size === 1) return names;
    writeFileAtomic(join(folder, indexFileName), formatIndex(shards));
  } catch (error) {
    for (const name of names) rmSync(join(folder, name), { force: true });
    throw error;
  }
  return [...names, indexFileName];
}

/** Fills shards greedily; there is always one, be it empty. */
function split(tensors: ReadonlyMap<string, Tensor>, maxShardBytes: number): Map<string, Tensor>[] {
  if (!(maxShardBytes > 0)) {
    throw new ConfigError({
      what: 'maxShardBytes',
      must: 'be above 0',
      got: String(maxShardBytes),
    });
  }
  let shard = new Map<string, Tensor>();
  let freeBytes = maxShardBytes;
  const shards = [shard];
  for (const [name, tensor] of tensors) {
    if (shard.size > 0 && tensor.numBytes > freeBytes) {
      shard = new Map();
      shards.push(shard);
      freeBytes = maxShardBytes;
    }
    shard.set(name, tensor);
    freeBytes -= tensor.numBytes;
  }
  if (shards.length <= indexLimits.numShards) return shards;
  const hint = 'raise maxShardBytes';
  const must = `be at most ${indexLimits.numShards}`;
  throw new ConfigError({ what: 'the number of shards', must, got: String(shards.length), hint });
}

/** Numbers from one, in five digits, as Hugging Face's libraries look for. */
function shardName(i: number, numShards: number): string {
  if (numShards === 1) return singleFileName;
  const [number, total] = [i + 1, numShards].map((value) => String(value).padStart(5, '0'));
  return `model-${number}-of-${total}.safetensors`;
}

function refuseModel(folder: string): void {
  const isModel = (name: string) => name === indexFileName || /^model.*\.safetensors$/.test(name);
  const found = [...listFolder(folder)].find(isModel);
  if (found === undefined) return;
  const hint = 'save into a new folder, or remove the old model first';
  throw new FileError({ what: folder, must: 'hold no model yet', got: found, hint });
}
