import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './problem.mjs';

/**
 * A process as others can check it. Its number alone would be mistaken after a reboot or from
 * inside a container.
 * @typedef {object} ProcessIdentity
 * @property {string} id Never used twice.
 * @property {string} machine Machine, boot and container; process numbers count only inside one.
 * @property {number} pid
 * @property {string} started When it started, in the words of its system.
 */

/** A process on another machine that showed no sign of life for so long is taken for gone. */
export const silenceMs = 60_000;

/** @returns {ProcessIdentity} */
export function thisProcess() {
  const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
  return { id, machine: machineName(), pid: process.pid, started: startOf(process.pid) };
}

/**
 * @param {ProcessIdentity} other
 * @param {number} lastSignMs When it last showed that it lives, on the clock of Date.now.
 */
export function isGone(other, lastSignMs) {
  if (other.machine !== machineName()) return Date.now() - lastSignMs > silenceMs;
  return startOf(other.pid) !== other.started;
}

/**
 * When a process started, in the words of its system; '' when there is no such process. Where
 * there is no /proc, all that is told is that it lives.
 * @param {number} pid
 */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return process.platform === 'linux' || !isAlive(pid) ? '' : 'alive';
  }
}

function machineName() {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
