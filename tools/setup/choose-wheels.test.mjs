import { expect, test } from 'vitest';
import { variantOf } from './choose-wheels.mjs';
import { isWanted } from './libtorch-cache.mjs';

const cudaLines = ['filelock', 'cuda-toolkit[cudart]==13.0.3; platform_system == "Linux"'];

test.each(
  /** @type {const} */ ([
    ['2.13.0+cpu', [], 'linux', 'cpu'],
    ['2.13.0+cu130', [], 'linux', 'cuda'],
    ['2.13.0+rocm7.0', [], 'linux', 'other'],
    ['2.13.0', cudaLines, 'linux', 'cuda'],
    ['2.13.0', ['filelock'], 'linux', 'cpu'],
    ['2.13.0', cudaLines, 'darwin', 'cpu'],
  ]),
)('%s with requirements %j on %s is a build for %s', (version, requires, platform, variant) => {
  expect(variantOf({ version, requires: [...requires] }, platform)).toBe(variant);
});

test('unpacks libraries, headers and licences, and no Python', () => {
  const wanted = [
    'torch/lib/libtorch_cpu.so',
    'torch/include/ATen/ATen.h',
    'torch/version.py',
    'torch.libs/libgomp-1234.so.1',
    'torch-2.13.0+cpu.dist-info/licenses/LICENSE',
    'nvidia/cu13/lib/libcudart.so.13',
    'nvidia/cu13/include/cuda_runtime_api.h',
  ];
  const unwanted = [
    'torch/__init__.py',
    'torch/lib/libtorch_python.so',
    'torch/bin/protoc',
    'nvidia/__init__.py',
    'torch-2.13.0+cpu.dist-info/RECORD',
  ];
  expect(wanted.filter((name) => !isWanted(name))).toEqual([]);
  expect(unwanted.filter(isWanted)).toEqual([]);
});
