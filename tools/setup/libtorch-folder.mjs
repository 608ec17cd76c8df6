import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} Libtorch
 * @property {string} folder Holds `lib/` and `include/`: a libtorch archive or a `torch` package.
 * @property {string} version As the build calls itself, such as "2.13.0+cpu".
 * @property {'cpu' | 'cuda'} variant
 * @property {0 | 1} cxx11Abi The value of `_GLIBCXX_USE_CXX11_ABI` that it was compiled with.
 * @property {string | undefined} openmp Full path of the OpenMP runtime that comes with it.
 * @property {string | undefined} cudaInclude The folder of `cuda_runtime_api.h`, for a CUDA build.
 */

/** The version that set-up asks pip for. */
export const wantedVersion = '2.13.0';
/** The versions that are accepted when they are already there. */
export const supportedRange = '2.11 to 2.13';

const elfMachines = new Map([
  ['x64', 62],
  ['arm64', 183],
]);

/**
 * Looks at a folder and says what LibTorch it holds, or why that is not usable. Reads files only;
 * nothing of it is executed.
 * @param {string} folder
 * @returns {Libtorch | { unusable: string }}
 */
export function inspectLibtorch(folder) {
  const libraries = listFolder(join(folder, 'lib'));
  const c10 = join(folder, 'lib', libraryName('c10'));
  const version = readVersion(folder);
  const unusable = whyUnusable(folder, libraries, version);
  if (unusable !== undefined || version === undefined)
    return { unusable: unusable ?? 'no version' };
  const variant = libraries.includes(libraryName('torch_cuda')) ? 'cuda' : 'cpu';
  return {
    folder,
    version,
    variant,
    cxx11Abi: readFileSync(c10).includes('__cxx11') ? 1 : 0,
    openmp: findOpenmp(folder, libraries),
    cudaInclude: variant === 'cuda' ? findCudaInclude(folder) : undefined,
  };
}

/**
 * @param {string} version
 * @returns {boolean} True for 2.11.x to 2.13.x releases, whatever stands after a plus.
 */
export function isSupported(version) {
  const match = /^(\d+)\.(\d+)\.\d+(\+[\w.]+)?$/.exec(version);
  return match !== null && match[1] === '2' && Number(match[2]) >= 11 && Number(match[2]) <= 13;
}

/** @param {string} name */
export function libraryName(name) {
  return `lib${name}.${process.platform === 'darwin' ? 'dylib' : 'so'}`;
}

/**
 * The version in the text of a torch package's `version.py`, or of a libtorch archive.
 * @param {string} folder
 */
export function readVersion(folder) {
  const python = readText(join(folder, 'version.py'));
  const quoted = python && /^__version__\s*=\s*['"]([^'"]+)['"]/m.exec(python)?.[1];
  return quoted || readText(join(folder, 'build-version'))?.trim() || undefined;
}

/**
 * @param {string} folder
 * @param {string[]} libraries
 * @param {string | undefined} version
 */
function whyUnusable(folder, libraries, version) {
  const required = ['torch', 'torch_cpu', 'c10'].map(libraryName);
  const missing = required.find((name) => !libraries.includes(name));
  if (missing !== undefined) return `no lib/${missing}`;
  if (version === undefined) return 'no version.py and no build-version';
  if (!isSupported(version)) return `version ${version}`;
  if (!existsSync(join(folder, 'include/ATen/ATen.h'))) return 'no include/ATen/ATen.h';
  if (libraries.includes(libraryName('torch_hip'))) return `the ROCm build ${version}`;
  const machine = elfMachine(join(folder, 'lib', libraryName('c10')));
  if (machine !== undefined && machine !== elfMachines.get(process.arch)) {
    return `a build for another processor than ${process.arch}`;
  }
  return undefined;
}

/**
 * LibTorch's OpenMP runtime. The addon links to this very file: a second runtime in the process
 * would start a second team of threads.
 * @param {string} folder
 * @param {string[]} libraries
 */
function findOpenmp(folder, libraries) {
  const isRuntime = (/** @type {string} */ name) => /^lib(gomp|omp|iomp5)[-.]/.test(name);
  const own = libraries.find(isRuntime);
  if (own !== undefined) return join(folder, 'lib', own);
  const beside = join(dirname(folder), 'torch.libs');
  const found = listFolder(beside).find(isRuntime);
  return found === undefined ? undefined : join(beside, found);
}

/**
 * CUDA's headers, where they are complete: from the `nvidia` packages beside torch, then from an installed toolkit.
 * @param {string} folder
 */
function findCudaInclude(folder) {
  const nvidia = join(dirname(folder), 'nvidia');
  const folders = listFolder(nvidia).map((name) => join(nvidia, name, 'include'));
  if (process.env.CUDA_HOME !== undefined) folders.push(join(process.env.CUDA_HOME, 'include'));
  folders.push('/usr/local/cuda/include');
  // The second file is of another package than the first; an installed torch may be without it.
  const needed = ['cuda_runtime_api.h', 'crt/host_config.h'];
  return folders.find((path) => needed.every((name) => existsSync(join(path, name))));
}

/**
 * The machine number in the header of an ELF file; undefined for other files.
 * @param {string} path
 */
function elfMachine(path) {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header.readUInt32BE(0) === 0x7f454c46 ? header.readUInt16LE(18) : undefined;
}

/** @param {string} folder */
function listFolder(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
