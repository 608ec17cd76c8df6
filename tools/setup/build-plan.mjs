import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { libraryName } from './libtorch-folder.mjs';

/**
 * What is compiled and how, as plain lists. CMake gets them as variables and the build without
 * CMake uses them as they are, so there is one place where a flag is written.
 * @typedef {object} BuildPlan
 * @property {string[]} sources
 * @property {string[]} headers Our own, which count for the hash.
 * @property {string[]} includes Folders of others' headers.
 * @property {string[]} definitions
 * @property {string[]} compileOptions
 * @property {string[]} libraries Full paths, in link order.
 * @property {string[]} linkOptions
 */

/** The Node-API version that Node 20.20 and everything newer offer. */
const nodeApiVersion = 9;

/**
 * @param {string} nativeFolder
 * @param {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @returns {BuildPlan}
 */
export function planBuild(nativeFolder, libtorch) {
  const files = readdirSync(nativeFolder, { recursive: true }).map(String).sort();
  const withCuda = libtorch.variant === 'cuda' && libtorch.cudaInclude !== undefined;
  return {
    sources: files.filter((name) => name.endsWith('.cpp')).map((name) => join(nativeFolder, name)),
    headers: files
      .filter((name) => /\.(h|hpp)$/.test(name))
      .map((name) => join(nativeFolder, name)),
    includes: includes(libtorch),
    definitions: definitions(libtorch, withCuda),
    compileOptions: compileOptions(libtorch),
    libraries: libraries(libtorch),
    linkOptions: linkOptions(libtorch),
  };
}

/** Versions of the two header packages of Node-API; they are part of the addon's hash. */
export function nodeApiVersions() {
  const require = createRequire(import.meta.url);
  return ['node-addon-api', 'node-api-headers'].map((name) => {
    const text = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
    return `${name}@${JSON.parse(text).version}`;
  });
}

/** @param {import('./libtorch-folder.mjs').Libtorch} libtorch */
function includes(libtorch) {
  const require = createRequire(import.meta.url);
  const folderOf = (/** @type {string} */ name) => dirname(require.resolve(`${name}/package.json`));
  const include = join(libtorch.folder, 'include');
  return [
    folderOf('node-addon-api'),
    join(folderOf('node-api-headers'), 'include'),
    include,
    join(include, 'torch/csrc/api/include'),
    ...(libtorch.cudaInclude === undefined ? [] : [libtorch.cudaInclude]),
  ];
}

/**
 * @param {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @param {boolean} withCuda
 */
function definitions(libtorch, withCuda) {
  const list = [`NAPI_VERSION=${nodeApiVersion}`, 'NODE_ADDON_API_CPP_EXCEPTIONS'];
  // Else an error in a worker that is being terminated would end the whole process.
  list.push('NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS');
  if (process.platform === 'linux') list.push(`_GLIBCXX_USE_CXX11_ABI=${libtorch.cxx11Abi}`);
  if (withCuda) list.push('ATHANOR_CUDA');
  return list;
}

/** @param {import('./libtorch-folder.mjs').Libtorch} libtorch */
function compileOptions(libtorch) {
  // No -march: the cache may be a home folder that different machines share. Kernels that need
  // wide vectors are LibTorch's own, which choose at run time.
  const options = ['-std=c++20', '-O2', '-fPIC', '-fno-math-errno'];
  options.push('-fvisibility=hidden', '-Wall', '-Wextra');
  if (process.platform === 'darwin' && libtorch.openmp) options.push('-Xpreprocessor', '-fopenmp');
  if (process.platform === 'linux') options.push('-fopenmp');
  return options;
}

/** @param {import('./libtorch-folder.mjs').Libtorch} libtorch */
function libraries(libtorch) {
  const names = ['torch', 'torch_cpu', 'c10'];
  if (libtorch.variant === 'cuda') names.push('torch_cuda', 'c10_cuda');
  const paths = names.map((name) => join(libtorch.folder, 'lib', libraryName(name)));
  return libtorch.openmp === undefined ? paths : [...paths, libtorch.openmp];
}

/** @param {import('./libtorch-folder.mjs').Libtorch} libtorch */
function linkOptions(libtorch) {
  const rpath = `-Wl,-rpath,${join(libtorch.folder, 'lib')}`;
  // Node's own functions are found in the process that loads the addon.
  if (process.platform === 'darwin') return [rpath, '-Wl,-undefined,dynamic_lookup'];
  // `now` makes loading fail when any function is missing, instead of the first call of it.
  // `no-as-needed` keeps libtorch_cuda, whose operators register themselves when it is loaded.
  // `nodelete` keeps the addon when the worker that loaded it first ends: LibTorch still points to
  // its allocator and operators.
  const options = [rpath, '-Wl,-z,now', '-Wl,-z,nodelete', '-Wl,--no-as-needed'];
  return libtorch.openmp === undefined ? [...options, '-fopenmp'] : options;
}
