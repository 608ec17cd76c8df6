import { createHash } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './problem.mjs';
import { isGone, silenceMs, thisProcess } from './process-identity.mjs';

/** @typedef {import('./process-identity.mjs').ProcessIdentity} ProcessIdentity */

const pollMs = 100;
const heartbeatMs = 5_000;

/**
 * Runs `work` while no other process does so under the same lock file. A lock whose process ended,
 * however it ended, is taken over.
 * @template T
 * @param {string} path The lock file.
 * @param {(text: string) => void} waiting Called once, with whom we wait for.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, waiting, work) {
  const release = await acquire(path, waiting);
  process.once('exit', release);
  const beat = setInterval(() => touch(path), heartbeatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} path
 * @param {(text: string) => void} waiting
 */
async function acquire(path, waiting) {
  mkdirSync(dirname(path), { recursive: true });
  const own = thisProcess();
  let isTold = false;
  while (!tryLink(path, own)) {
    const holder = readHolder(path);
    if (holder === undefined) continue;
    if (isGone(holder, modifiedMs(path))) {
      removeGone(path, holder);
    } else if (!isTold) {
      waiting(`waiting for another set-up (process ${holder.pid})`);
      isTold = true;
    }
    await sleep(pollMs);
  }
  return () => {
    if (readHolder(path)?.id === own.id) rmSync(path, { force: true });
  };
}

/**
 * Makes the lock file with its content in one step, or fails when there is one.
 * @param {string} path
 * @param {ProcessIdentity} holder
 */
function tryLink(path, holder) {
  const own = `${path}.${holder.id}`;
  writeFileSync(own, JSON.stringify(holder));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(own);
  }
}

/**
 * Removes the lock of a process that ended. Only the one process that makes the marker named after this
 * holder may do so; otherwise a slow process could remove the lock that a fast one has just made.
 * @param {string} path
 * @param {ProcessIdentity} gone
 */
function removeGone(path, gone) {
  const marker = `${path}.gone-${createHash('sha256').update(gone.id).digest('hex').slice(0, 16)}`;
  try {
    writeFileSync(marker, '', { flag: 'wx' });
  } catch {
    // The other process needs microseconds; a marker that stays was left by a killed one.
    if (Date.now() - modifiedMs(marker) > silenceMs) rmSync(marker, { force: true });
    return;
  }
  if (readHolder(path)?.id === gone.id) rmSync(path, { force: true });
  rmSync(marker, { force: true });
}

/**
 * @param {string} path
 * @returns {ProcessIdentity | undefined} undefined when the lock is free.
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    // Not written by us; nobody renews it, so it will be taken for gone.
    return { id: 'unreadable', machine: '', pid: 0, started: '' };
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The lock was taken over while this machine slept; its holder knows nothing of us.
  }
}

/** @param {string} path */
function modifiedMs(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return Date.now();
  }
}
