import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectLibtorch, isSupported, libraryName } from './libtorch-folder.mjs';
import { writeTorchPackage } from './testing/fake-torch.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['2.11.0', true],
  ['2.13.1+cu130', true],
  ['2.12.0+cpu', true],
  ['2.10.9', false],
  ['2.14.0', false],
  ['3.12.0', false],
  ['2.13.0a0+git1234567', false],
  ['2.13', false],
  ['', false],
])('version %j is accepted: %s', (version, expected) => {
  expect(isSupported(version)).toBe(expected);
});

test('tells what a torch package holds', () => {
  const torch = writeTorchPackage(folder, '2.13.0+cpu');
  const openmp = join(torch, 'lib/libgomp-1234.so.1');
  writeFileSync(openmp, '');
  expect(inspectLibtorch(torch)).toEqual({
    ...{ folder: torch, version: '2.13.0+cpu', variant: 'cpu', cxx11Abi: 1 },
    ...{ openmp, cudaInclude: undefined },
  });
});

test('reads the version of a libtorch archive', () => {
  const torch = writeTorchPackage(folder, '2.13.0');
  rmSync(join(torch, 'version.py'));
  writeFileSync(join(torch, 'build-version'), '2.12.1+cpu\n');
  expect(inspectLibtorch(torch)).toMatchObject({ version: '2.12.1+cpu' });
});

test('tells a CUDA build by its library', () => {
  const torch = writeTorchPackage(folder, '2.13.0');
  writeFileSync(join(torch, 'lib', libraryName('torch_cuda')), '');
  const include = join(folder, 'nvidia/cu13/include');
  mkdirSync(join(include, 'crt'), { recursive: true });
  writeFileSync(join(include, 'cuda_runtime_api.h'), '');
  expect(inspectLibtorch(torch)).toMatchObject({ variant: 'cuda' });
  expect(inspectLibtorch(torch)).not.toMatchObject({ cudaInclude: include });
  writeFileSync(join(include, 'crt/host_config.h'), '');
  expect(inspectLibtorch(torch)).toMatchObject({ variant: 'cuda', cudaInclude: include });
});

test('says why a folder is not usable', () => {
  const without = (/** @type {string} */ name) => {
    const torch = writeTorchPackage(mkdtempSync(join(folder, 'torch-')), '2.13.0');
    rmSync(join(torch, name));
    return inspectLibtorch(torch);
  };
  const cpu = `lib/${libraryName('torch_cpu')}`;
  expect(without(cpu)).toEqual({ unusable: `no ${cpu}` });
  expect(without('include/ATen/ATen.h')).toEqual({ unusable: 'no include/ATen/ATen.h' });
  expect(without('version.py')).toEqual({ unusable: 'no version.py and no build-version' });
});

test('refuses a build for another processor', () => {
  const torch = writeTorchPackage(folder, '2.13.0');
  const header = Buffer.alloc(64);
  header.writeUInt32BE(0x7f454c46, 0);
  header.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
  writeFileSync(join(torch, 'lib', libraryName('c10')), header);
  expect(inspectLibtorch(torch)).toEqual({
    unusable: `a build for another processor than ${process.arch}`,
  });
});
