/**
 * A lock that dies with its process, however that ends.
 *
 * The kernel's own locks (flock, fcntl) do exactly this, but Node cannot take them. A listening Unix
 * socket dies too, but its name stays and must be taken over all the same, its path may have 104
 * bytes at most, and shared file systems have none. So it is a file that says which process holds
 * it, by number and start time: any other process of the machine can tell whether that one lives.
 * Holders on other machines cannot be looked at; they show life by touching the file.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { FileError } from './errors.ts';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts';

const heartbeatMs = 10_000;
/** A holder on another machine that was silent for so long has died; its step may be a slow one. */
const silenceMs = 300_000;

/** Takes the lock or throws at once; returns what releases it. @throws FileError when it is held. */
export function takeLock(path: string): () => void {
  const own = thisProcess();
  for (let attempt = 0; attempt < 100; attempt++) {
    if (tryLink(path, own)) return hold(path, own);
    const holder = readHolder(path);
    if (holder === undefined) continue;
    if (isHeld(path, holder)) throw held(path, holder);
    removeDead(path, holder);
  }
  throw new FileError({ what: path, must: 'become free', got: 'a change of holder every moment' });
}

/** The process that holds the lock now; undefined when nobody does. Changes nothing. */
export function lockHolder(path: string): ProcessIdentity | undefined {
  const holder = readHolder(path);
  return holder !== undefined && isHeld(path, holder) ? holder : undefined;
}

function hold(path: string, own: ProcessIdentity): () => void {
  const beat = setInterval(() => touch(path), heartbeatMs);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.off('exit', release);
    if (readHolder(path)?.id === own.id) fs.rmSync(path, { force: true });
  };
  process.once('exit', release);
  return release;
}

/** Makes the file together with its content, or says that there is one. */
function tryLink(path: string, own: ProcessIdentity): boolean {
  const draft = `${path}.${own.id}`;
  fs.writeFileSync(draft, JSON.stringify(own));
  try {
    fs.linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function isHeld(path: string, holder: ProcessIdentity): boolean {
  return isAlive(holder) ?? ageMs(path) < silenceMs;
}

/**
 * Only the process that makes the marker named after the dead holder may remove its lock; otherwise
 * a slow process could remove the lock that a quick one has just made.
 */
function removeDead(path: string, dead: ProcessIdentity): void {
  const marker = `${path}.dead-${createHash('sha256').update(dead.id).digest('hex').slice(0, 16)}`;
  try {
    fs.writeFileSync(marker, '', { flag: 'wx' });
  } catch {
    // The other process needs microseconds; an old marker was left by a killed one.
    if (ageMs(marker) > 1_000) fs.rmSync(marker, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    return;
  }
  if (readHolder(path)?.id === dead.id) fs.rmSync(path, { force: true });
  fs.rmSync(marker, { force: true });
}

function readHolder(path: string): ProcessIdentity | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    // The file is linked whole, so this is a foreign or damaged one: nobody renews it.
    return { id: 'unreadable', machine: '', pid: 0, started: '' };
  }
}

function held(path: string, { pid, machine }: ProcessIdentity): FileError {
  return new FileError({
    what: path,
    must: 'be free: two runs in one folder would destroy each other',
    got: `held by process ${pid} on ${machine.split(' ')[0] || 'an unknown machine'}`,
    hint: `wait for it or end it; if it is surely gone, remove ${path}`,
  });
}

function touch(path: string): void {
  try {
    fs.utimesSync(path, new Date(), new Date());
  } catch {
    // The folder was removed under us; the next write will say so.
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - fs.statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
