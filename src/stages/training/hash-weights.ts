import { createHash } from 'node:crypto';
import { type Gpt, HuggingFaceState, RewardModel, RewardModelState } from '../../model/index.ts';
import { scope } from '../../tensor/index.ts';

/** A hash of all weights of a model: says which model another one began as. */
export function hashWeights(model: Gpt | RewardModel): string {
  const isReward = model instanceof RewardModel;
  using state = isReward ? new RewardModelState(model) : new HuggingFaceState(model);
  const hash = createHash('sha256');
  for (const [name, tensor] of state.stateDict()) {
    const data = scope(() => tensor.to({ device: 'cpu' }).contiguous().toTypedArray());
    hash.update(`${name} ${tensor.shape}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
