import { describe, expect, test } from 'vitest';
import {
  buildInfo,
  CudaGraph,
  CudaStream,
  cudaDeviceCount,
  cudaMemoryStats,
  cudaSynchronize,
  ones,
  scope,
  tensor,
} from './index.ts';

const hasCudaBuild = buildInfo().variant === 'cuda';
const hasDevice = cudaDeviceCount() > 0;

describe.skipIf(hasCudaBuild)('without a CUDA build', () => {
  test.each([
    ['cudaSynchronize', () => cudaSynchronize()],
    ['cudaMemoryStats', () => cudaMemoryStats()],
    ['CudaStream', () => new CudaStream()],
    ['a tensor on cuda', () => ones([1], { device: 'cuda' })],
  ])('%s fails with a clear error', (_, body) => {
    expect(body).toThrow(/CUDA/);
  });
});

describe.skipIf(!hasDevice)('with a CUDA device', () => {
  test('computes and copies back', () => {
    scope(() => {
      const x = tensor([1, 2, 3], { device: 'cuda' });
      expect(x.device).toBe('cuda:0');
      expect(x.mul(2).toArray()).toEqual([2, 4, 6]);
      expect(cudaMemoryStats().liveBytes).toBeGreaterThan(0);
    });
  });

  test('runs on a stream of its own', () => {
    scope(() => {
      const stream = new CudaStream();
      const sum = stream.use(() => ones([1000], { device: 'cuda' }).sum());
      cudaSynchronize();
      expect(sum.item()).toBe(1000);
    });
  });

  test('replays a recorded graph on new input', () => {
    scope(() => {
      const input = ones([4], { device: 'cuda' });
      input.mul(3);
      using graph = new CudaGraph(() => input.mul(3));
      input.fill_(5);
      graph.replay();
      cudaSynchronize();
      expect(graph.outputs.toArray()).toEqual([15, 15, 15, 15]);
    });
  });
});
