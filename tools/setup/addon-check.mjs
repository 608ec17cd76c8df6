import { SetupProblem } from './problem.mjs';
import { runCommand } from './run-command.mjs';

const loadAddon = 'process.dlopen({ exports: {} }, process.argv[1])';

/**
 * Loads the addon in a process of its own, for a broken one may end its process.
 * @param {string} addon
 * @returns {Promise<string | undefined>} Why it does not load; undefined when it does.
 */
export async function whyAddonFails(addon) {
  const result = await runCommand(process.execPath, ['-e', loadAddon, addon], {
    timeoutMs: 120_000,
  });
  if (result.ok) return undefined;
  if (result.timedOut) return 'loading took more than two minutes';
  const reason = /^Error: (.*)$/m.exec(result.stderr)?.[1];
  return (
    reason ??
    (result.stderr.trim().split('\n')[0] || `the process ended with ${result.code ?? 'a signal'}`)
  );
}

/**
 * @param {string} addon
 * @throws {SetupProblem}
 */
export async function checkAddonLoads(addon) {
  const reason = await whyAddonFails(addon);
  if (reason === undefined) return;
  throw new SetupProblem({
    what: 'the addon that was just built',
    must: 'load into Node',
    got: reason,
    hint: 'a missing symbol means that native/ uses a function that this LibTorch does not have; npm run doctor shows which LibTorch was used',
  });
}
