/** The memory of three training steps, measured in a fresh process. */
import type { Precision } from '../../src/nn/index.ts';
import { cudaMemoryStats, type Device } from '../../src/tensor/index.ts';
import { peakGrowthBytes } from '../harness/index.ts';
import type { SizeName } from './gpt.ts';
import { prepareTraining } from './training.ts';

export function memoryBytes(sizeName: SizeName, precision: Precision, device: Device): number {
  const growth = peakGrowthBytes(() => prepareTraining(sizeName, precision, device).run(3));
  return device === 'cpu' ? growth : cudaMemoryStats().peakBytes;
}
