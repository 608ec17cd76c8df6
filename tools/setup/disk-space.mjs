import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupProblem } from './problem.mjs';

/**
 * Free bytes for this user on the file system of a path that need not exist yet.
 * @param {string} path
 */
export function freeBytes(path) {
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}

/**
 * @param {string} path
 * @param {number} neededBytes
 * @param {string} purpose What needs it, for the message.
 * @param {(path: string) => number} [measure]
 * @throws {SetupProblem} when less is free.
 */
export function requireSpace(path, neededBytes, purpose, measure = freeBytes) {
  const free = measure(path);
  if (free >= neededBytes) return;
  throw new SetupProblem({
    what: `the file system of ${path}`,
    must: `have ${formatBytes(neededBytes)} free to ${purpose}`,
    got: formatBytes(free),
    hint: 'free some space, or keep the cache elsewhere: XDG_CACHE_HOME=/path/with/space npm run setup',
  });
}

/**
 * @param {number} bytes
 * @returns {string} In kB, MB or GB, as disks are sold.
 */
export function formatBytes(bytes) {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
