/** Which parameters an optimizer changes, and how strongly. */
import { ConfigError } from '../base/index.ts';
import type { Tensor } from '../tensor/index.ts';

export interface ParameterGroup {
  /** By path, as `Module.parameters()` gives them. */
  parameters: ReadonlyMap<string, Tensor>;
  /** The schedule's rate is multiplied by this. Default: 1. */
  learningRateScale?: number;
  /** Overrides the optimizer's. */
  weightDecay?: number;
}

/**
 * Two groups: matrices and larger, which decay, and vectors, which do not (biases and gains of
 * norms; nanoGPT, following Brown et al. 2020).
 */
export function decayMatricesOnly(
  parameters: ReadonlyMap<string, Tensor>,
  weightDecay: number,
): ParameterGroup[] {
  const [matrices, vectors] = splitByDim(parameters, 2);
  return [
    { parameters: matrices, weightDecay },
    { parameters: vectors, weightDecay: 0 },
  ].filter((group) => group.parameters.size > 0);
}

/** Parameters with at least `minDim` dimensions, and the others. */
export function splitByDim(
  parameters: ReadonlyMap<string, Tensor>,
  minDim: number,
): [Map<string, Tensor>, Map<string, Tensor>] {
  const all = [...parameters];
  return [
    new Map(all.filter(([, { dim }]) => dim >= minDim)),
    new Map(all.filter(([, { dim }]) => dim < minDim)),
  ];
}

/** @throws ConfigError for an empty group, a parameter in two groups, a bad number. */
export function checkGroups(groups: readonly ParameterGroup[]): void {
  refuseShared(groups.map(({ parameters }) => parameters));
  for (const [i, group] of groups.entries()) {
    if (group.parameters.size === 0) {
      throw new ConfigError({
        what: `parameter group ${i}`,
        must: 'hold at least one parameter',
        got: 'none',
      });
    }
    checkNotNegative(`parameter group ${i}: learningRateScale`, group.learningRateScale ?? 1);
    checkNotNegative(`parameter group ${i}: weightDecay`, group.weightDecay ?? 0);
  }
}

/** @throws ConfigError for a parameter in two groups, which each step would change twice. */
export function refuseShared(groups: readonly ReadonlyMap<string, Tensor>[]): void {
  const owners = new Map<Tensor, string>();
  for (const group of groups) for (const [name, tensor] of group) claim(owners, name, tensor);
}

function claim(owners: Map<Tensor, string>, name: string, tensor: Tensor): void {
  const owner = owners.get(tensor);
  if (owner !== undefined) {
    throw new ConfigError({
      what: `parameter ${name}`,
      must: 'be in one group',
      got: `also ${owner}`,
    });
  }
  owners.set(tensor, name);
}

/** @throws ConfigError unless the value is a finite number of at least 0. */
export function checkNotNegative(what: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new ConfigError({ what, must: 'be a finite number of at least 0', got: String(value) });
}
