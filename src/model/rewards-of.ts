/** Rewards to differentiate. Shapes: B sequences, N tokens of all, T positions. */
import { inOneRow, readsInOneRow } from '../nn/index.ts';
import { cat, type Device, type Tensor, tensor } from '../tensor/index.ts';
import type { RewardModel } from './reward-model.ts';
import { padRight } from './score-sequences.ts';

/**
 * The rewards of sequences with their graph, [B]: what training differentiates. A ranking has short
 * answers and long ones, and padding costs as much as tokens: on a CPU sequences stand one behind the
 * other, without seeing one another, elsewhere those of like lengths share a pass.
 */
export function rewardsOf(
  model: RewardModel,
  sequences: readonly ArrayLike<number>[],
  device: Device = 'cpu',
): Tensor {
  return readsInOneRow(device)
    ? model.scoreRow(inOneRow(sequences))
    : rewardsByLength(model, sequences, device);
}

/** Sequences share a pass with others up to so many times as long. */
const likeLengths = 1.5;

/** {@link rewardsOf} elsewhere than on a CPU. */
export function rewardsByLength(
  model: RewardModel,
  sequences: readonly ArrayLike<number>[],
  device: Device,
): Tensor {
  const lengthAt = (place: number) => sequences[place]?.length ?? 0;
  const order = [...sequences.keys()].sort((a, b) => lengthAt(a) - lengthAt(b));
  const groups: number[][] = [];
  for (const place of order) {
    const group = groups.at(-1);
    const isLike = group && lengthAt(place) <= likeLengths * lengthAt(group[0] as number);
    if (isLike) group.push(place);
    else groups.push([place]);
  }
  const rewards = groups.map((group) => {
    const rows = group.map((place) => sequences[place] ?? []);
    const { tokens, lengths } = padRight(rows, device);
    return model.score(tokens, lengths);
  });
  const places = new Array<number>(order.length);
  for (const [at, place] of order.entries()) places[place] = at;
  return cat(rewards).indexSelect(0, tensor(places, { dtype: 'int64', device }));
}
