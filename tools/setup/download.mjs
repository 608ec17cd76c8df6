import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes } from './disk-space.mjs';
import { codeOf, messageOf, SetupProblem } from './problem.mjs';
import { DownloadRefused, sizeOf, transfer } from './transfer.mjs';

/**
 * @typedef {object} DownloadJob
 * @property {string} url
 * @property {string} path Where the file goes; until it is whole it is `path.part`.
 * @property {string | undefined} sha256 The digest that it must have, if one is known.
 * @property {(text: string) => void} progress
 * @property {number} [numAttempts] How often a broken transfer is taken up again.
 * @property {number} [pauseMs] Between attempts, times their number.
 * @property {number} [stallMs] A transfer without a byte for so long counts as broken.
 * @property {(path: string) => number} [measureSpace]
 */

const progressBytes = 1e6;

/**
 * Downloads a file, going on where an earlier attempt or an earlier process stopped.
 * @param {DownloadJob} job
 * @returns {Promise<void>}
 * @throws {DownloadRefused} when the server will not give the file to us.
 * @throws {SetupProblem} when the transfer keeps breaking or the content is wrong.
 */
export async function download(job) {
  const part = `${job.path}.part`;
  mkdirSync(dirname(part), { recursive: true });
  const isResumed = sizeOf(part) > 0;
  await transferWithRetries(job, part);
  try {
    if (job.sha256 !== undefined) await requireSha256(part, job.sha256, job.url);
  } catch (error) {
    rmSync(part, { force: true });
    // The beginning may have been of another file; the whole file gets one try.
    if (isResumed) return download(job);
    throw error;
  }
  renameSync(part, job.path);
}

/**
 * @param {string} path
 * @param {string} wanted Hexadecimal.
 * @param {string} name For the message.
 * @throws {SetupProblem} when the file has another digest.
 */
export async function requireSha256(path, wanted, name) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  const found = hash.digest('hex');
  if (found === wanted) return;
  throw new SetupProblem({
    what: name,
    must: `have the SHA-256 ${wanted}`,
    got: found,
    hint: 'the file is damaged or was exchanged: type npm run setup again, and if it stays so, ask who runs your package index',
  });
}

/**
 * Attempts that bring the file forward do not count: a large file over a bad line breaks often.
 * @param {DownloadJob} job
 * @param {string} part
 */
async function transferWithRetries(job, part) {
  const { numAttempts = 5, pauseMs = 1_000 } = job;
  let attempt = 1;
  for (let before = sizeOf(part); ; before = sizeOf(part)) {
    try {
      return await transfer(job, part);
    } catch (error) {
      const isFinal = error instanceof DownloadRefused || error instanceof SetupProblem;
      if (isFinal || codeOf(error) === 'ENOSPC') throw error;
      attempt = sizeOf(part) - before > progressBytes ? 1 : attempt + 1;
      if (attempt > numAttempts) throw givenUp(job.url, sizeOf(part), numAttempts, error);
      job.progress(`the transfer broke (${messageOf(error)}); trying again`);
      await sleep(pauseMs * attempt);
    }
  }
}

/**
 * @param {string} url
 * @param {number} bytes
 * @param {number} numAttempts
 * @param {unknown} error
 */
function givenUp(url, bytes, numAttempts, error) {
  if (bytes === 0) return new DownloadRefused(messageOf(error));
  return new SetupProblem({
    what: `the download of ${url}`,
    must: 'arrive whole',
    got: `${formatBytes(bytes)} after ${numAttempts} attempts (${messageOf(error)})`,
    hint: 'type npm run setup again when the network is back; it goes on where it stopped',
  });
}
