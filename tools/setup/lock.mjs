import { createHash, randomBytes } from 'node:crypto';
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
import { machineName, startOf } from './process-identity.mjs';

/**
 * Who holds a lock. A process number alone would be mistaken after a reboot or in a container.
 * @typedef {object} Holder
 * @property {string} id Never used twice.
 * @property {string} machine Machine, boot and container; process numbers count only inside one.
 * @property {number} pid
 * @property {string} started When the process started, in the words of its system.
 */

const pollMs = 200;
const heartbeatMs = 5_000;
/** A holder on another machine that showed no life for so long is taken for dead. */
const foreignTimeoutMs = 60_000;

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
  const holder = thisProcess();
  for (let told = false; !tryLink(path, holder); ) {
    const other = readHolder(path);
    if (other === undefined) continue;
    if (isDead(other, path)) {
      removeDead(path, other);
      continue;
    }
    if (!told) waiting(`waiting for another set-up (process ${other.pid})`);
    told = true;
    await sleep(pollMs);
  }
  return () => {
    if (readHolder(path)?.id === holder.id) rmSync(path, { force: true });
  };
}

/**
 * Makes the lock file with its content in one step, or fails when there is one.
 * @param {string} path
 * @param {Holder} holder
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
 * Removes the lock of a dead process. Only the one process that makes the marker named after this
 * holder may do so; otherwise a slow process could remove the lock that a fast one has just made.
 * @param {string} path
 * @param {Holder} dead
 */
function removeDead(path, dead) {
  const marker = `${path}.dead-${createHash('sha256').update(dead.id).digest('hex').slice(0, 16)}`;
  try {
    writeFileSync(marker, '', { flag: 'wx' });
  } catch {
    // The other process needs microseconds; a marker that stays was left by a killed one.
    if (Date.now() - modifiedMs(marker) > foreignTimeoutMs) rmSync(marker, { force: true });
    return;
  }
  if (readHolder(path)?.id === dead.id) rmSync(path, { force: true });
  rmSync(marker, { force: true });
}

/**
 * @param {Holder} holder
 * @param {string} path
 */
function isDead(holder, path) {
  if (holder.machine !== machineName()) return Date.now() - modifiedMs(path) > foreignTimeoutMs;
  return startOf(holder.pid) !== holder.started;
}

/** @returns {Holder} */
function thisProcess() {
  const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
  return { id, machine: machineName(), pid: process.pid, started: startOf(process.pid) };
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
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
