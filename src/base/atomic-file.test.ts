import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { count } from '../../tests/tier.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { FileError } from './errors.ts';

/** The calls that reach the file system, and the number of the one that fails with EIO. */
const disk = vi.hoisted(() => ({ calls: [] as string[], failAt: -1 }));

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const watched = ['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'closeSync'] as const;
  const entries = watched.map((name) => [name, watch(name, real[name] as never)]);
  return { ...real, ...Object.fromEntries(entries) };
});

function watch(name: string, call: (...args: unknown[]) => unknown) {
  return (...args: unknown[]) => {
    disk.calls.push(name);
    const fails = disk.calls.length - 1 === disk.failAt;
    // A close that fails has closed the descriptor all the same.
    const result = fails && name !== 'closeSync' ? undefined : call(...args);
    if (fails) throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: name });
    return result;
  };
}

let folder = '';
let path = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-atomic-'));
  path = join(folder, 'file');
  fs.writeFileSync(path, 'old');
  Object.assign(disk, { calls: [], failAt: -1 });
  return () => fs.rmSync(folder, { recursive: true });
});

const read = () => fs.readFileSync(path, 'utf8');

describe('writeFileAtomic', () => {
  it.each<[string, Parameters<typeof writeFileAtomic>[1]]>([
    ['text', 'new 晓'],
    ['bytes', Buffer.from('new 晓')],
    ['a function', (fd) => fs.writeSync(fd, 'new 晓')],
  ])('replaces a file by %s', (_, content) => {
    writeFileAtomic(path, content);
    expect(read()).toBe('new 晓');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it('takes names as long as the file system does', () => {
    const long = join(folder, '晓'.repeat(85));
    writeFileAtomic(long, 'new');
    expect(fs.readFileSync(long, 'utf8')).toBe('new');
  });

  it('syncs the file before the rename and the folder after it', () => {
    writeFileAtomic(path, 'new');
    const order =
      'openSync writeFileSync fsyncSync closeSync renameSync openSync fsyncSync closeSync';
    expect(disk.calls.join(' ')).toBe(order);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('survives an I/O error in call %i', (failAt) => {
    disk.failAt = failAt;
    expect(() => writeFileAtomic(path, 'new')).toThrow(FileError);
    expect(read()).toBe(failAt <= 4 ? 'old' : 'new');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it('leaves nothing behind when the function throws, whose error passes through', () => {
    const error = new Error('no more tensors');
    const write = () =>
      writeFileAtomic(path, (fd) => {
        fs.writeSync(fd, 'half');
        throw error;
      });
    expect(write).toThrow(error);
    expect(read()).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it('replaces a symbolic link and leaves its target alone', () => {
    const link = join(folder, 'link');
    fs.symlinkSync(path, link);
    writeFileAtomic(link, 'new');
    expect(read()).toBe('old');
    expect(fs.lstatSync(link).isFile()).toBe(true);
  });
});

describe('a refusal of the file system', () => {
  it.skipIf(!fs.existsSync('/dev/full'))('names a full disk and what to do', () => {
    const full = fs.openSync('/dev/full', 'w');
    const write = () => writeFileAtomic(path, () => fs.writeSync(full, 'new'));
    expect(write).toThrow(/file must be writable, got ENOSPC\n {2}hint: free space/);
    fs.closeSync(full);
  });

  it('names a missing folder', () => {
    const write = () => writeFileAtomic(join(folder, 'none', 'file'), 'new');
    expect(write).toThrow(/must be writable, got ENOENT\n {2}hint: create the folder first/);
  });

  it('names a folder that may not be written to, and keeps the cause', () => {
    fs.chmodSync(folder, 0o555);
    const error = asOrdinaryUser(() => catchError(() => writeFileAtomic(path, 'new')));
    fs.chmodSync(folder, 0o755);
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/got EACCES/),
      cause: { code: 'EACCES' },
    });
    expect(read()).toBe('old');
  });

  it('names a folder in the place of the file', () => {
    fs.mkdirSync(join(folder, 'taken'));
    expect(() => writeFileAtomic(join(folder, 'taken'), 'new')).toThrow(/got EISDIR/);
    expect(fs.readdirSync(folder)).toEqual(['file', 'taken']);
  });
});

describe('a process killed while it writes', () => {
  const numKills = count({ test: 5, pr: 25, slow: 300 });
  it(`leaves the old file or the new one, whole (${numKills} kills)`, {
    timeout: 600_000,
  }, async () => {
    for (let i = 0; i < numKills; i++) {
      const child = spawn(process.execPath, [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        writer(path),
      ]);
      await once(child.stdout, 'data');
      await sleep(Math.random() * 50);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(read()).toMatch(/^(a{4000000}|b{4000000})$/);
    }
  });
});

/** A program that replaces the file without end, and says so after the first time. */
function writer(target: string): string {
  const module = new URL('./atomic-file.ts', import.meta.url).href;
  return `
    import { writeFileAtomic } from '${module}';
    for (let i = 0; ; i++) {
      writeFileAtomic('${target}', 'ab'.charAt(i % 2).repeat(4e6));
      if (i === 0) process.stdout.write('started');
    }`;
}

/** Root may write everywhere, so that as root the test lends itself another user's rights. */
function asOrdinaryUser<T>(body: () => T): T {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return body();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

function catchError(body: () => void): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
