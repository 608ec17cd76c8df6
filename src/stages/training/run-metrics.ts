/** What a run tells of itself. */
import { computeDtype } from '../../nn/index.ts';
import {
  describeDifference,
  measurePeakFlops,
  type Resumed,
  TrainMetrics,
} from '../../train/index.ts';
import type { TrainingParts } from './training-run.ts';

/** @param startStep finished steps: what was told of later ones is cut off */
export function openMetrics(
  parts: Pick<TrainingParts, 'stage' | 'config' | 'context' | 'flopsPerToken'>,
  startStep: number,
): TrainMetrics {
  const { stage, config, context, flopsPerToken } = parts;
  const { numSteps, precision = 'auto', device = 'cpu', pricePerHour } = config;
  const peak = () => config.peakFlops ?? measurePeakFlops(computeDtype(precision, device), device);
  return new TrainMetrics({
    folder: context.run.file(stage),
    progress: context.progress,
    ...{ startStep, numSteps, device },
    ...(flopsPerToken !== undefined && { flopsPerToken, peakFlops: peak() }),
    ...(pricePerHour !== undefined && { pricePerHour }),
  });
}

/** For the user: where a run goes on, and what has changed. */
export function describeResumed({ step, isExact, differences }: Resumed): string {
  const how = isExact ? '' : ', but not to the same bits';
  // The hash of the recipe says nothing that its fields do not say.
  const told = differences.filter(({ path }) => path !== 'recipeSha256').map(describeDifference);
  return [`going on at step ${step}${how}`, ...told].join('\n    ');
}
