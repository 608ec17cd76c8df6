/**
 * The forward passes of a batch: new prompts, and one token more of each row.
 *
 * Shapes: B rows, T positions, N tokens of all prompts, C hidden.
 */
import { inOneRow, readsInOneRow } from '../nn/index.ts';
import { type Device, type Tensor, tensor } from '../tensor/index.ts';
import { cachePass, packedPass } from './cache-pass.ts';
import type { CausalModel } from './causal-model.ts';
import type { KvCache } from './kv-cache.ts';

/** Who reads, and where keys and values are kept. */
export interface Reader {
  model: CausalModel;
  cache: KvCache;
  device: Device;
}

type Tokens = readonly number[];

/**
 * Reads whole prompts into the rows from `firstRow` on: hidden states of the last token of each,
 * [B, C]. On a CPU they stand one behind the other, as padding costs as much as tokens.
 */
export function readPrompts(reader: Reader, prompts: readonly Tokens[], firstRow: number): Tensor {
  const isPadded = !readsInOneRow(reader.device);
  return isPadded ? readPadded(reader, prompts, firstRow) : readInOneRow(reader, prompts, firstRow);
}

/** Reads the last token of each row, which was sampled and not yet read: hidden states, [B, C]. */
export function readLastTokens({ model, cache, device }: Reader, rows: readonly Tokens[]): Tensor {
  const starts = rows.map(({ length }) => length - 1);
  const shape = [rows.length, 1];
  const ids = rows.map((tokens) => tokens.at(-1) as number);
  const positions = int64(starts, shape, device);
  const pass = cachePass(cache, { firstRow: 0, starts, positions });
  return model.forward(int64(ids, shape, device), { positions, cache: pass }).squeeze(1);
}

function readInOneRow(
  { model, cache, device }: Reader,
  prompts: readonly Tokens[],
  firstRow: number,
): Tensor {
  const { tokens, positions, documentLengths, ends } = inOneRow(prompts, device);
  const row = prompts.flatMap((prompt, i) => prompt.map(() => firstRow + i));
  const pass = packedPass(cache, {
    ...{ numRows: firstRow + prompts.length, numSlots: Math.max(...documentLengths) },
    ...{ rows: int64(row, [row.length], device), positions: positions.squeeze(0) },
  });
  const last = ends.map((end) => end - 1);
  return model.forward(tokens, {
    ...{ positions, documentLengths, cache: pass },
    outputPlaces: int64(last, [prompts.length], device),
  });
}

function readPadded(
  { model, cache, device }: Reader,
  prompts: readonly Tokens[],
  firstRow: number,
): Tensor {
  const length = Math.max(...prompts.map((prompt) => prompt.length));
  const shape = [prompts.length, length];
  const places = Array.from({ length }, (_, place) => place);
  const positions = int64(
    prompts.flatMap(() => places),
    shape,
    device,
  );
  // Behind the end of a shorter prompt any token does: nothing will see it.
  const ids = prompts.flatMap((prompt) => places.map((place) => prompt[place] ?? 0));
  const lastPlaces = prompts.map((prompt, row) => row * length + prompt.length - 1);
  const starts = prompts.map(() => 0);
  return model.forward(int64(ids, shape, device), {
    ...{ positions, cache: cachePass(cache, { firstRow, starts, positions }) },
    outputPlaces: int64(lastPlaces, [prompts.length], device),
  });
}

function int64(values: readonly number[], shape: readonly number[], device: Device): Tensor {
  return tensor(BigInt64Array.from(values, BigInt), { shape, device });
}
