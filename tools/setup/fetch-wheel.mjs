import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { download, requireSha256 } from './download.mjs';
import { pinnedSha256 } from './pinned.mjs';
import { downloadWithPip } from './pip.mjs';
import { SetupProblem } from './problem.mjs';
import { DownloadRefused } from './transfer.mjs';

/**
 * @typedef {object} FetchJob
 * @property {import('./pip.mjs').Wheel} wheel
 * @property {import('./pip.mjs').Pip} pip
 * @property {import('./pip.mjs').WheelQuery} query That found the wheel.
 * @property {string} folder For downloads; parts stay in it for the next attempt.
 * @property {NodeJS.ProcessEnv} env
 * @property {(text: string) => void} progress
 */

/**
 * Brings a wheel onto this machine. A local one is used where it is.
 * @param {FetchJob} job
 * @returns {Promise<string>} Its path, after its SHA-256 was found right.
 * @throws {SetupProblem}
 */
export async function fetchWheel(job) {
  const { wheel, folder } = job;
  const progress = (/** @type {string} */ text) => job.progress(`${wheel.name}: ${text}`);
  const name = decodeURIComponent(basename(new URL(wheel.url).pathname));
  const sha256 = requireAgreement(name, wheel.sha256, pinnedSha256.get(name));
  const isLocal = wheel.url.startsWith('file:');
  const path = isLocal ? fileURLToPath(wheel.url) : join(folder, name);
  if (!isLocal && !existsSync(path)) await downloadOrAskPip({ ...job, progress }, path, sha256);
  if (sha256 === undefined) return path;
  progress('checking its SHA-256');
  try {
    await requireSha256(path, sha256, path);
  } catch (error) {
    if (!isLocal) rmSync(path, { force: true });
    throw error;
  }
  return path;
}

/**
 * @param {string} name
 * @param {string | undefined} told
 * @param {string | undefined} pinned
 */
function requireAgreement(name, told, pinned) {
  if (pinned === undefined || told === undefined || told === pinned) return pinned ?? told;
  throw new SetupProblem({
    what: `${name} of your package index`,
    must: `have the SHA-256 that was published, ${pinned}`,
    got: told,
    hint: 'ask who runs your package index, or name a LibTorch you trust: ATHANOR_LIBTORCH=/path npm run setup',
  });
}

/**
 * @param {FetchJob} job
 * @param {string} path
 * @param {string | undefined} sha256
 */
async function downloadOrAskPip({ wheel, pip, query, folder, env, progress }, path, sha256) {
  // Node's fetch goes around proxies; pip goes through them.
  const usesProxy = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].some(
    (key) => env[key],
  );
  let reason = 'a proxy is set';
  if (!usesProxy) {
    try {
      return await download({ url: wheel.url, path, sha256, progress });
    } catch (error) {
      if (!(error instanceof DownloadRefused)) throw error;
      reason = error.message;
    }
  }
  progress(`pip downloads ${basename(path)} (${reason})`);
  const own = join(folder, 'pip');
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const requirement = `${wheel.name}==${wheel.version}`;
  const failure = await downloadWithPip(
    pip,
    { ...query, requirement, withDependencies: false },
    own,
  );
  const found = readdirSync(own).find((name) => name.endsWith('.whl'));
  if (failure !== undefined || found === undefined)
    throw noDownload(wheel.url, `${reason}; ${failure}`);
  renameSync(join(own, found), path);
}

/**
 * @param {string} url
 * @param {string} got
 */
function noDownload(url, got) {
  return new SetupProblem({
    what: `the download of ${url}`,
    must: 'succeed, by Athanor itself or by pip',
    got,
    hint: 'check the network, the proxy and the passwords of your package index, then type npm run setup again',
  });
}
