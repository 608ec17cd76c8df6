/** A disk that refuses at any call leaves no data set that looks complete, and nothing behind. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { FileError } from '../../base/index.ts';
import { openTokenDataset, writeTokenShards } from '../index.ts';
import { byteTokenizer } from '../testing/byte-tokenizer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { HashedFile } from './hashed-file.ts';

/** The calls that write, and the number or the name of the one that fails. */
const disk = vi.hoisted(() => {
  return {
    ...{ calls: [] as string[], failAt: -1, failName: '', code: 'ENOSPC' },
    /** Paths of open files, and those that were synced before the folder had its name. */
    ...{ paths: new Map<unknown, string>(), synced: new Set<string>() },
  };
});

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const sync = ['openSync', 'writeSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'mkdirSync'];
  const names = [...sync, 'fsync', 'fdatasync'];
  const watch = (name: string, call: (...args: unknown[]) => unknown) => {
    return (...args: unknown[]) => {
      disk.calls.push(name);
      const fails = disk.calls.length - 1 === disk.failAt || name === disk.failName;
      if (name.endsWith('fsync') && !fails) disk.synced.add(disk.paths.get(args[0]) ?? '');
      const result = fails ? undefined : call(...args);
      if (name === 'openSync') disk.paths.set(result, String(args[0]));
      if (!fails) return result;
      throw Object.assign(new Error(disk.code), { code: disk.code, syscall: name });
    };
  };
  const watched = names.map((name) => [name, watch(name, real[name as 'openSync'] as never)]);
  return { ...real, ...Object.fromEntries(watched) };
});

const texts = ['春眠不觉晓', 'spring sleep', 'a', 'b'];

let parent = '';
beforeEach(() => {
  parent = temporaryFolder();
});

/** Writes four shards with one failing call; answers how many calls there were. */
async function write(failAt: number, code = 'ENOSPC'): Promise<number> {
  Object.assign(disk, { calls: [], failAt, code });
  const documents = texts.map((text) => ({ text }));
  const config = { documents, tokenizer: byteTokenizer(), directory: join(parent, 'tokens') };
  try {
    await writeTokenShards({ ...config, maxShardTokens: 16 });
    return disk.calls.length;
  } finally {
    disk.failAt = -1;
  }
}

it.each(['ENOSPC', 'EIO'])('survives %s in every call', async (code) => {
  const numCalls = await write(-1);
  expect(numCalls).toBeGreaterThan(20);
  fs.rmSync(join(parent, 'tokens'), { recursive: true });
  for (let failAt = 0; failAt < numCalls; failAt++) {
    const error: unknown = await write(failAt, code).catch((thrown: unknown) => thrown);
    const call = `${disk.calls.at(failAt)}, call ${failAt}`;
    expect(error, call).toBeInstanceOf(FileError);
    expect(String(error), call).toMatch(new RegExp(`must be writable, got ${code}\\n {2}hint: `));
    // The last calls sync the parent: the folder is whole by then, but is not promised to last.
    const names = fs.readdirSync(parent);
    if (names.includes('tokens')) openTokenDataset(join(parent, 'tokens', 'train')).close();
    else expect(names, call).toEqual([]);
    fs.rmSync(join(parent, 'tokens'), { recursive: true, force: true });
  }
});

it('waits until the disk has every file and the names in every folder', async () => {
  disk.synced.clear();
  await write(-1);
  const unfinished = join(parent, '.tokens.unfinished');
  const names = fs.readdirSync(join(parent, 'tokens'), { recursive: true, encoding: 'utf8' });
  expect(names.length).toBeGreaterThan(8);
  for (const name of ['', ...names]) expect(disk.synced).toContain(join(unfinished, name));
});

it('tells of a disk that refused a part, though it takes up the rest', async () => {
  const file = new HashedFile(join(parent, 'a'), 'uint32');
  Object.assign(disk, { failName: 'fdatasync', code: 'EIO' });
  // Ten blocks of a megabyte: the disk is asked to take up the first eight meanwhile.
  for (let i = 0; i < 10; i++) file.append(new Uint32Array(2 ** 18));
  disk.failName = '';
  await expect(file.finish()).rejects.toThrow('EIO');
});
