import { findInstalledTorch } from './installed-torch.mjs';
import { inspectLibtorch, supportedRange } from './libtorch-folder.mjs';
import { SetupProblem } from './problem.mjs';

/**
 * Finds LibTorch, or obtains it.
 * @param {object} job
 * @param {NodeJS.ProcessEnv} job.env
 * @param {(text: string) => void} job.note
 * @returns {Promise<{ libtorch: import('./libtorch-folder.mjs').Libtorch, source: string }>}
 */
export async function findLibtorch({ env, note }) {
  if (env.ATHANOR_LIBTORCH) return fromEnvironment(env.ATHANOR_LIBTORCH);
  for (const { python, folder } of await findInstalledTorch()) {
    const found = inspectLibtorch(folder);
    if (!('unusable' in found)) return { libtorch: found, source: python };
    note(`skipped ${folder}: ${found.unusable} (wanted: ${supportedRange})`);
  }
  throw new SetupProblem({ what: 'LibTorch', must: 'be there', got: 'none' });
}

/** @param {string} folder */
function fromEnvironment(folder) {
  const libtorch = inspectLibtorch(folder);
  if (!('unusable' in libtorch)) return { libtorch, source: 'ATHANOR_LIBTORCH' };
  throw new SetupProblem({
    what: `ATHANOR_LIBTORCH (${folder})`,
    must: `be a libtorch folder or a torch package, version ${supportedRange}`,
    got: libtorch.unusable,
    hint: 'unset ATHANOR_LIBTORCH to let set-up find or fetch LibTorch',
  });
}
