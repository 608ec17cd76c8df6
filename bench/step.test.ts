import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cudaDeviceCount } from '../src/tensor/index.ts';

const tool = fileURLToPath(new URL('../tools/bench.mjs', import.meta.url));

test.skipIf(cudaDeviceCount() > 0)('says that there is no CUDA device, and skips', () => {
  const args = [tool, 'step', '--device', 'cuda', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toMatch(
    /^skipped: no CUDA device is at hand \(LibTorch .*, a (cpu|cuda) build\)$/m,
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '{"rows":[]}\n' });
});
