/** What Muon keeps of each matrix, and which are worked on together. */
import { ConfigError } from '../base/index.ts';
import { keep, noGrad, type Tensor } from '../tensor/index.ts';
import type { ParameterGroup } from './parameter-group.ts';

export interface MuonSlot {
  name: string;
  parameter: Tensor;
  momentum: Tensor;
  learningRateScale: number;
  weightDecay: number;
}

/**
 * Matrices of one shape are made orthogonal together while they have no more elements than this: a
 * product of small ones does not occupy two threads.
 */
const maxStackedElements = 2 ** 20;

/** Slots whose matrices have one shape, as many as may be stacked. */
export function stacksOf(slots: readonly MuonSlot[]): MuonSlot[][] {
  const stacks: MuonSlot[][] = [];
  for (const slot of slots) {
    const { shape, numElements } = slot.parameter;
    const last = stacks.findLast(([first]) => `${first?.parameter.shape}` === `${shape}`);
    if (last !== undefined && (last.length + 1) * numElements <= maxStackedElements)
      last.push(slot);
    else stacks.push([slot]);
  }
  return stacks;
}

/** @throws ConfigError for a parameter that is no matrix. */
export function makeSlots(group: ParameterGroup, weightDecay: number): MuonSlot[] {
  return [...group.parameters].map(([name, parameter]) => {
    if (parameter.dim !== 2) {
      throw new ConfigError({
        what: `parameter ${name} of Muon`,
        must: 'be a matrix',
        got: `shape [${parameter.shape.join(', ')}]`,
        hint: 'give it to AdamW instead, see OptimizerChain',
      });
    }
    return {
      name,
      parameter,
      momentum: noGrad(() => keep(parameter.zerosLike())),
      learningRateScale: group.learningRateScale ?? 1,
      weightDecay: group.weightDecay ?? weightDecay,
    };
  });
}
