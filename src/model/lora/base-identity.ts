/** By which weights an adapter knows the model that it was trained on. */
import { createHash } from 'node:crypto';
import { ConfigError } from '../../base/index.ts';
import type { Gpt } from '../gpt.ts';
import { HuggingFaceState } from '../hugging-face/state.ts';
import { namedAdapters } from './adapter-state.ts';

/**
 * SHA-256 over names, shapes and values of the weights that LoRA does not train, in hexadecimal. A
 * file in another dtype is another base.
 *
 * @param trained names of layers whose weights are the adapter's own
 * @throws ConfigError for a model whose adapters are merged: its weights are not the base's.
 */
export function baseSha256(model: Gpt, trained: ReadonlySet<string>): string {
  if ([...namedAdapters(model).values()].some(({ replaced }) => replaced !== null)) {
    const got = 'one whose adapters are merged';
    const hint = 'unmergeLora(model)';
    throw new ConfigError({ what: 'the model of an adapter', must: 'hold its base', got, hint });
  }
  using state = new HuggingFaceState(model);
  const hash = createHash('sha256');
  const names = [...state.stateDict()].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, tensor] of names) {
    if (trained.has(name.replace(/\.weight$/, ''))) continue;
    hash.update(`${name} ${tensor.dtype} ${tensor.shape.join()}\n`);
    const { buffer, byteOffset, byteLength } = tensor.toTypedArray();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
