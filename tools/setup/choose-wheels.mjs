import { wantedVersion } from './libtorch-folder.mjs';
import { askForWheels } from './pip.mjs';
import { SetupProblem } from './problem.mjs';
import { findOnPath } from './run-command.mjs';

/** @typedef {import('./pip.mjs').Wheel} Wheel */
/** @typedef {import('./pip.mjs').WheelQuery} WheelQuery */

/**
 * The PyTorch project's own index of CPU builds. The default index holds CUDA builds for Linux,
 * which do not load without several gigabytes of NVIDIA's packages.
 */
const cpuIndex = 'https://download.pytorch.org/whl/cpu';

/** LibTorch inside is the same for every Python, so any of these will do. */
const otherPythons = ['3.12', '3.11', '3.13', '3.10', '3.14'];

/**
 * Decides which wheels bring LibTorch in the wanted variant.
 * @param {import('./pip.mjs').Pip} pip
 * @param {'cpu' | 'cuda'} variant
 * @param {(text: string) => void} progress
 * @returns {Promise<{ wheels: Wheel[], query: WheelQuery }>} torch first; for CUDA NVIDIA's after it.
 * @throws {SetupProblem} when pip offers no such build.
 */
export async function chooseWheels(pip, variant, progress) {
  /** @type {string[]} */
  const refused = [];
  for (const query of queries(variant)) {
    progress(`asking pip for ${query.requirement}${query.indexUrl ? ` at ${query.indexUrl}` : ''}`);
    const answer = await askForWheels(pip, query);
    if ('failure' in answer) {
      refused.push(answer.failure);
      if (answer.isOffline && query.indexUrl === undefined) break;
      continue;
    }
    const wheels = answer.filter(({ name }) => name === 'torch' || name.startsWith('nvidia-'));
    const torch = wheels.find(({ name }) => name === 'torch');
    if (torch !== undefined && variantOf(torch) === variant) {
      const others = wheels.filter((wheel) => wheel !== torch);
      return { wheels: [torch, ...others, ...(await headersBeside(pip, others, query))], query };
    }
    refused.push(`only the ${variantOf(torch)} build ${torch?.version}`);
  }
  throw noWheel(variant, refused);
}

/**
 * CUDA's runtime header includes files of the compiler's package, which torch does not require,
 * because it runs without compiling. They must be of the same CUDA version.
 * @param {import('./pip.mjs').Pip} pip
 * @param {Wheel[]} wheels
 * @param {WheelQuery} query
 */
async function headersBeside(pip, wheels, query) {
  const runtime = wheels.find(({ name }) => name.startsWith('nvidia-cuda-runtime'));
  if (runtime === undefined) return [];
  const name = runtime.name.endsWith('-cu12') ? 'nvidia-cuda-nvcc-cu12' : 'nvidia-cuda-crt';
  const requirement = `${name}==${runtime.version.split('.').slice(0, 2).join('.')}.*`;
  const answer = await askForWheels(pip, { ...query, requirement, withDependencies: false });
  return 'failure' in answer ? [] : answer;
}

/**
 * What a wheel of torch holds, told without opening it.
 * @param {Pick<Wheel, 'version' | 'requires'> | undefined} wheel
 * @param {NodeJS.Platform} [platform]
 * @returns {'cpu' | 'cuda' | 'other'}
 */
export function variantOf(wheel, platform = process.platform) {
  if (wheel === undefined) return 'other';
  // All platforms share one list of requirements, so on macOS it says nothing.
  if (platform === 'darwin') return 'cpu';
  const build = wheel.version.split('+')[1];
  if (build !== undefined)
    return build === 'cpu' ? 'cpu' : build.startsWith('cu') ? 'cuda' : 'other';
  const needsCuda = wheel.requires.some((line) => /^(nvidia|cuda)-/.test(line));
  return needsCuda ? 'cuda' : 'cpu';
}

/** @returns {boolean} Whether an NVIDIA driver seems to be installed. */
export function hasNvidiaDriver() {
  return findOnPath('nvidia-smi') !== undefined;
}

/**
 * In the order in which they are tried: the user's own settings come first.
 * @param {'cpu' | 'cuda'} variant
 * @returns {WheelQuery[]}
 */
function queries(variant) {
  const requirement = `torch==${wantedVersion}`;
  const withDependencies = variant === 'cuda';
  const own = { requirement, withDependencies };
  const others = otherPythons.map((python) => ({ ...own, python }));
  if (variant === 'cuda' || process.platform !== 'linux') return [own, ...others];
  return [own, { ...own, python: '3.12', indexUrl: cpuIndex }, ...others];
}

/**
 * @param {'cpu' | 'cuda'} variant
 * @param {string[]} refused
 */
function noWheel(variant, refused) {
  const cudaHint = hasNvidiaDriver() ? '\nor take the CUDA build: npm run setup -- --cuda' : '';
  return new SetupProblem({
    what: `a ${variant === 'cpu' ? 'CPU' : 'CUDA'} build of LibTorch ${wantedVersion}`,
    must: 'be offered by pip',
    got: [...new Set(refused)].join('; '),
    hint: `see that this works: pip download torch==${wantedVersion} --no-deps\nor name a libtorch folder or torch package: ATHANOR_LIBTORCH=/path npm run setup${variant === 'cpu' ? cudaHint : ''}`,
  });
}
