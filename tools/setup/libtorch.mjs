import { readNativeRecord } from './addon.mjs';
import { hasNvidiaDriver } from './choose-wheels.mjs';
import { findInstalledTorch, pythonsOnPath } from './installed-torch.mjs';
import { fetchLibtorch, findCachedLibtorch } from './libtorch-cache.mjs';
import { inspectLibtorch, supportedRange } from './libtorch-folder.mjs';
import { SetupProblem } from './problem.mjs';

/**
 * @typedef {object} LibtorchJob
 * @property {string} root The package folder.
 * @property {string} cache
 * @property {boolean} cuda Only a CUDA build will do.
 * @property {NodeJS.ProcessEnv} env
 * @property {(text: string) => void} progress
 * @property {(text: string) => void} note
 */

/**
 * @typedef {object} Found
 * @property {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @property {string} source How it was found: ATHANOR_LIBTORCH, the path of a Python, or "cache".
 * @property {string} [fetched] What was done, when it had to be fetched.
 */

/**
 * Finds LibTorch: named by ATHANOR_LIBTORCH, installed for a Python on PATH, or in the cache.
 * Else fetches it into the cache.
 * @param {LibtorchJob} job
 * @returns {Promise<Found>}
 * @throws {SetupProblem}
 */
export async function ensureLibtorch(job) {
  const found =
    fromEnvironment(job) ?? fromLastTime(job) ?? (await fromPython(job)) ?? fromCache(job);
  if (found !== undefined) {
    if (lacksCudaHeaders(found.libtorch)) job.note(cudaHeadersHint);
    return found;
  }
  const variant = job.cuda ? 'cuda' : 'cpu';
  const { libtorch, text } = await fetchLibtorch({ ...job, variant });
  if (variant === 'cpu' && hasNvidiaDriver()) {
    job.note('an NVIDIA driver is here; for the CUDA build type: npm run setup -- --cuda');
  }
  return { libtorch, source: 'cache', fetched: text };
}

const cudaHeadersHint =
  'this CUDA build comes without all of CUDA\'s headers, so streams, graphs and memory statistics are left out; to have them: pip install "nvidia-cuda-crt==13.0.*" (of the CUDA version of this torch), or set CUDA_HOME';

/** @param {import('./libtorch-folder.mjs').Libtorch} libtorch */
function lacksCudaHeaders({ variant, cudaInclude }) {
  return variant === 'cuda' && cudaInclude === undefined;
}

/**
 * @param {Pick<LibtorchJob, 'env' | 'cuda'>} job
 * @returns {Found | undefined}
 */
export function fromEnvironment({ env, cuda }) {
  const folder = env.ATHANOR_LIBTORCH;
  if (!folder) return undefined;
  const libtorch = inspectLibtorch(folder);
  const unusable = 'unusable' in libtorch ? libtorch.unusable : whyNotWanted(libtorch, cuda);
  if (!('unusable' in libtorch) && unusable === undefined)
    return { libtorch, source: 'ATHANOR_LIBTORCH' };
  throw new SetupProblem({
    what: `ATHANOR_LIBTORCH (${folder})`,
    must: `be a libtorch folder or a torch package, version ${supportedRange}${cuda ? ', built for CUDA' : ''}`,
    got: unusable ?? 'nothing',
    hint: 'unset ATHANOR_LIBTORCH to let set-up find or fetch LibTorch',
  });
}

/**
 * The answer of the last set-up, while the same Pythons are on PATH: asking them takes a second.
 * @param {LibtorchJob} job
 * @returns {Found | undefined}
 */
function fromLastTime({ root, cuda }) {
  const { libtorch: folder, source, pythons } = readNativeRecord(root) ?? {};
  if (folder === undefined || source === undefined || source === 'ATHANOR_LIBTORCH')
    return undefined;
  if (JSON.stringify(pythons) !== JSON.stringify(pythonsOnPath())) return undefined;
  const libtorch = inspectLibtorch(folder);
  if ('unusable' in libtorch || whyNotWanted(libtorch, cuda) !== undefined) return undefined;
  return { libtorch, source };
}

/**
 * @param {Pick<LibtorchJob, 'cuda' | 'note'>} job
 * @returns {Promise<Found | undefined>}
 */
export async function fromPython({ cuda, note }) {
  for (const { python, folder } of await findInstalledTorch()) {
    const libtorch = inspectLibtorch(folder);
    const unusable = 'unusable' in libtorch ? libtorch.unusable : whyNotWanted(libtorch, cuda);
    if (!('unusable' in libtorch) && unusable === undefined) return { libtorch, source: python };
    note(`skipped ${folder}: ${unusable}; wanted is ${supportedRange}${cuda ? ' for CUDA' : ''}`);
  }
  return undefined;
}

/**
 * @param {Pick<LibtorchJob, 'cache' | 'cuda'>} job
 * @returns {Found | undefined}
 */
export function fromCache({ cache, cuda }) {
  const preferred = cuda || hasNvidiaDriver() ? 'cuda' : 'cpu';
  const libtorch =
    findCachedLibtorch(cache, preferred) ?? (cuda ? undefined : findCachedLibtorch(cache, 'any'));
  return libtorch && { libtorch, source: 'cache' };
}

/**
 * @param {import('./libtorch-folder.mjs').Libtorch} libtorch
 * @param {boolean} cuda
 */
function whyNotWanted({ variant, version, cudaInclude }, cuda) {
  if (!cuda) return undefined;
  if (variant !== 'cuda') return `the CPU build ${version}`;
  return cudaInclude === undefined ? `${version} without CUDA's headers` : undefined;
}
