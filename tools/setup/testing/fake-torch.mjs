import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { libraryName } from '../libtorch-folder.mjs';
import { writeZip } from './zip-writer.mjs';

/**
 * The files of a torch package as far as set-up looks at them.
 * @param {string} version
 * @param {number} [numFillers] Further headers, to make unpacking take its time.
 */
function torchFiles(version, numFillers = 0) {
  const elf = Buffer.alloc(64);
  elf.writeUInt32BE(0x7f454c46, 0);
  elf.writeUInt16LE(process.arch === 'arm64' ? 183 : 62, 18);
  const library = Buffer.concat([elf, Buffer.from('std::__cxx11::string')]);
  const libraries = ['torch', 'torch_cpu', 'c10'].map((name) => ({
    name: `torch/lib/${libraryName(name)}`,
    content: library,
  }));
  const fillers = Array.from({ length: numFillers }, (_, i) => ({
    name: `torch/include/filler/${i}.h`,
    content: `#define FILLER_${i}\n`,
  }));
  return [
    { name: 'torch/version.py', content: `__version__ = '${version}'\ndebug = False\n` },
    { name: 'torch/include/ATen/ATen.h', content: '#pragma once\n' },
    ...libraries,
    ...fillers,
    { name: 'torch/nn/functional.py', content: 'import torch\n' },
  ];
}

/**
 * Writes a folder as `pip install torch` would.
 * @param {string} parent
 * @param {string} version
 * @returns {string} The folder of the package.
 */
export function writeTorchPackage(parent, version) {
  for (const { name, content } of torchFiles(version)) {
    mkdirSync(dirname(join(parent, name)), { recursive: true });
    writeFileSync(join(parent, name), content);
  }
  return join(parent, 'torch');
}

/**
 * @param {string} [version]
 * @param {number} [numFillers]
 */
export function makeTorchWheel(version = '2.13.0+cpu', numFillers = 0) {
  const wheel = writeZip(torchFiles(version, numFillers));
  return { wheel, sha256: createHash('sha256').update(wheel).digest('hex') };
}
