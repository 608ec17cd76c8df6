import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A process as another one can recognise it. Its number alone would be mistaken for a later process
 * of that number, after a reboot, or from inside a container.
 */
export interface ProcessIdentity {
  /** Never used twice. */
  id: string;
  /** Machine, boot and container: process numbers count only inside one. */
  machine: string;
  pid: number;
  /** When it started, in the words of its system; `'alive'` where the system does not say. */
  started: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
  return { id, machine: machineName(), pid: process.pid, started: startOf(process.pid) };
}

/** Whether a process lives; `undefined` when it belongs to a machine that we cannot look into. */
export function isAlive(other: ProcessIdentity): boolean | undefined {
  if (other.machine !== machineName()) return undefined;
  return startOf(other.pid) === other.started && other.started !== '';
}

function startOf(pid: number): string {
  // Outside Linux only the number can be checked: there a new process of an old number keeps a lock
  // alive, which is the safe side, and the error says how to end it.
  if (process.platform !== 'linux') return exists(pid) ? 'alive' : '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, so fields are counted behind it: state is the
    // first, the start time the twentieth. A zombie is dead and only not yet reaped.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function machineName(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
