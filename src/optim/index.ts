/** From gradients to better weights. */
export { AdamW, type AdamWConfig } from './adamw.ts';
export { OptimizerChain } from './chain.ts';
export { clipGradNorm, NonFiniteGradientError } from './clip.ts';
export { Ema } from './ema.ts';
export { Muon, type MuonConfig } from './muon.ts';
export type { Optimizer } from './optimizer.ts';
export { orthogonalize } from './orthogonalize.ts';
export { decayMatricesOnly, type ParameterGroup, splitByDim } from './parameter-group.ts';
export { cosine, linear, type Schedule, type ScheduleConfig, wsd } from './schedule.ts';
