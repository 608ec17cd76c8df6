import { join } from 'node:path';
import { readJson } from './fingerprint.mjs';
import { SetupProblem } from './problem.mjs';

/**
 * Refuses machines on which nothing could work, before anything is done.
 * @param {string} root
 * @param {{ platform: string, nodeVersion: string }} [machine]
 * @throws {SetupProblem}
 */
export function requireSurroundings(root, machine) {
  const { platform, nodeVersion } = machine ?? {
    platform: process.platform,
    nodeVersion: process.versions.node,
  };
  const wanted = oldestNode(root);
  if (isOlder(nodeVersion, wanted)) {
    throw new SetupProblem({
      what: 'Node',
      must: `be version ${wanted} or newer`,
      got: nodeVersion,
      hint: 'install a newer one from nodejs.org, or with a version manager: nvm install 24',
    });
  }
  if (platform === 'linux' || platform === 'darwin') return;
  throw new SetupProblem({
    what: 'the system',
    must: 'be Linux or macOS',
    got: platform,
    hint: platform === 'win32' ? 'use WSL2: wsl --install' : 'use a Linux machine',
  });
}

/**
 * The oldest Node that package.json allows.
 * @param {string} root
 */
export function oldestNode(root) {
  const engines = /** @type {{ node?: string } | undefined} */ (
    readJson(join(root, 'package.json'))?.engines
  );
  return /(\d+(\.\d+)*)/.exec(engines?.node ?? '')?.[1] ?? '20.20';
}

/**
 * @param {string} version
 * @param {string} wanted
 */
export function isOlder(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
