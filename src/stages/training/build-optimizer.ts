import { computeDtype } from '../../nn/index.ts';
import {
  AdamW,
  decayMatricesOnly,
  Muon,
  type Optimizer,
  OptimizerChain,
} from '../../optim/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { TrainingConfig } from './training-config.ts';

/** The optimizer of a config, for parameters by the names of `Gpt`, or of a model that holds one. */
export function buildOptimizer(
  parameters: ReadonlyMap<string, Tensor>,
  {
    optimizer: config = {},
    precision,
    device,
  }: Pick<TrainingConfig, 'optimizer' | 'precision' | 'device'>,
): Optimizer {
  const { kind = 'adamw', betas = [0.9, 0.95], epsilon = 1e-8, weightDecay = 0.1 } = config;
  const adamw = (some: ReadonlyMap<string, Tensor>) =>
    new AdamW(decayMatricesOnly(some, weightDecay), { betas, epsilon });
  if (kind === 'adamw') return adamw(parameters);
  const all = [...parameters];
  const isHidden = ([name, { dim }]: [string, Tensor]) =>
    /^(gpt\.)?blocks\./.test(name) && dim === 2;
  const hidden = new Map(all.filter(isHidden));
  return new OptimizerChain({
    muon: new Muon([{ parameters: hidden, weightDecay }], {
      // Its iteration tolerates bfloat16, which is faster only where the machine multiplies it.
      computeDtype: computeDtype(precision === 'fp32' ? 'fp32' : 'auto', device),
    }),
    adamw: adamw(new Map(all.filter((entry) => !isHidden(entry)))),
  });
}
