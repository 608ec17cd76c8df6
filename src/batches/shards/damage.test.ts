/** A folder of shards opens and is right, or does not open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { ConfigError, FileError, SeededRandom } from '../../base/index.ts';
import { type OpenOptions, openTokenDataset, writeTokenShards } from '../index.ts';
import { byteTokenizer } from '../testing/byte-tokenizer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type DatasetManifest, readManifest, writeManifest } from './manifest.ts';

const texts = Array.from({ length: 500 }, (_, i) => `${i} `.repeat(i % 50) + i);

async function writeTexts(directory: string): Promise<void> {
  const documents = texts.map((text) => ({ text }));
  const tokenizer = byteTokenizer();
  await writeTokenShards({ documents, tokenizer, directory, maxShardTokens: 8_000 });
}

async function writtenDataset(): Promise<string> {
  const directory = join(temporaryFolder(), 'tokens');
  await writeTexts(directory);
  return join(directory, 'train');
}

/** All documents of a data set that opens. */
function readAll(directory: string, options?: OpenOptions): string[] {
  using dataset = openTokenDataset(directory, options);
  const tokenizer = byteTokenizer();
  return Array.from({ length: dataset.numDocuments }, (_, i) =>
    tokenizer.decode(dataset.readDocument(i).subarray(0, -1)),
  );
}

describe('a damaged folder is refused', () => {
  it('after any flipped bit', async () => {
    const directory = await writtenDataset();
    const random = new SeededRandom(1);
    for (let i = 0; i < count({ test: 20, pr: 100, slow: 5_000 }); i++) {
      const path = join(directory, random.pick(fs.readdirSync(directory)));
      const whole = fs.readFileSync(path);
      const changed = Buffer.from(whole);
      const at = random.int(whole.length);
      changed[at] = (whole[at] as number) ^ (1 << random.int(8));
      fs.writeFileSync(path, changed);
      expect(() => readAll(directory), `${path}, byte ${at}`).toThrow(FileError);
      fs.writeFileSync(path, whole);
    }
    expect(readAll(directory)).toEqual(texts);
  });

  it.each(['sizes', 'hashes'] as const)('after any cut, even by %s', async (verify) => {
    const directory = await writtenDataset();
    const random = new SeededRandom(2);
    for (let i = 0; i < count({ test: 20, pr: 100, slow: 1_000 }); i++) {
      const path = join(directory, random.pick(fs.readdirSync(directory)));
      const whole = fs.readFileSync(path);
      // The last byte of the manifest is a line end that nobody misses.
      fs.writeFileSync(path, whole.subarray(0, random.int(whole.length - 1)));
      expect(() => readAll(directory, { verify })).toThrow(FileError);
      fs.writeFileSync(path, whole);
    }
  });

  it('when a shard has grown, or its manifest says something else that could be', async () => {
    const directory = await writtenDataset();
    const manifest = join(directory, 'dataset.json');
    const whole = fs.readFileSync(manifest, 'utf8');
    fs.writeFileSync(manifest, whole.replace(byteTokenizer().hash, byteTokenizer(300).hash));
    expect(() => openTokenDataset(directory)).toThrow(/as it was written, got another hash/);
    fs.writeFileSync(manifest, whole);
    fs.appendFileSync(join(directory, 'shard-00000.ends'), Buffer.alloc(4));
    const open = () => openTokenDataset(directory, { verify: 'sizes' });
    expect(open).toThrow(/shard-00000.ends must have \d+ bytes, got \d+/);
  });

  it('without a shard or without its manifest', async () => {
    const directory = await writtenDataset();
    fs.rmSync(join(directory, 'shard-00001.ends'));
    expect(() => openTokenDataset(directory)).toThrow(
      /shard-00001.ends must be readable, got ENOENT/,
    );
    fs.rmSync(join(directory, 'dataset.json'));
    expect(() => openTokenDataset(directory)).toThrow(
      /got ENOENT\n {2}hint: such a folder appears/,
    );
  });

  it('when a shard is cut or exchanged after it was opened', async () => {
    const directory = await writtenDataset();
    const path = (shard: number) => join(directory, `shard-0000${shard}.tokens`);
    using dataset = openTokenDataset(directory);
    dataset.readTokens(0, new Uint32Array(10));
    fs.truncateSync(path(0), 100);
    expect(() => dataset.readTokens(45, new Uint32Array(10))).toThrow(
      /must have 110 bytes, got 100/,
    );
    fs.writeFileSync(path(1), fs.readFileSync(path(1)));
    expect(() => dataset.readTokens(8_000, new Uint32Array(10))).toThrow(/must stay as it is/);
  });
});

describe('a folder that contradicts itself is refused', () => {
  it.each<[string, Partial<DatasetManifest>, RegExp]>([
    [
      'another format',
      { format: 'tokens' as never },
      /format must be "athanor-tokens", got "tokens"/,
    ],
    ['a later version', { version: 2 as never }, /version must be 1, got 2/],
    ['wrong sums', { numTextBytes: 1 }, /numTextBytes must be the sum over the shards, \d+, got 1/],
    ['ids of another size', { dtype: 'uint32' }, /dtype must be "uint16", got "uint32"/],
    ['no vocabulary', { vocabSize: -1 }, /vocabSize must be/],
    ['an end that is no token', { endOfTextId: 257 }, /endOfTextId must be below vocabSize/],
    ['no list', { shards: {} as never }, /shards must be a list, got {}/],
    ['no shard', { shards: [null as never] }, /shards\[0\] must have sizes that agree/],
  ])('%s', async (_, fields, message) => {
    const directory = await writtenDataset();
    await writeManifest(directory, { ...readManifest(directory), ...fields });
    expect(() => openTokenDataset(directory)).toThrow(message);
  });

  it('ids that the vocabulary does not have', async () => {
    const directory = await writtenDataset();
    await writeManifest(directory, { ...readManifest(directory), vocabSize: 53, endOfTextId: 0 });
    using dataset = openTokenDataset(directory);
    expect(() => dataset.readTokens(0, new Uint32Array(9))).toThrow(/below .* 53, got 256/);
  });

  it('tokens of another tokenizer', async () => {
    const directory = await writtenDataset();
    const open = () => openTokenDataset(directory, { tokenizerHash: byteTokenizer(300).hash });
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(/the tokenizer of .* must have the hash .*\n {2}hint: name the tokenizer/);
  });
});

describe('a writer that is killed', () => {
  const numKills = count({ test: 3, pr: 20, slow: 300 });
  it(`leaves whole folders or none (${numKills} kills)`, { timeout: 900_000 }, async () => {
    for (let kill = 0; kill < numKills; kill++) {
      const parent = temporaryFolder();
      const program = ['--import', 'tsx', '--input-type=module', '-e', endlessWriter(parent)];
      const child = spawn(process.execPath, program);
      await once(child.stdout, 'data');
      await sleep(Math.random() * 100);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const names = fs.readdirSync(parent);
      for (const name of names.filter((name) => !name.startsWith('.'))) {
        expect(readAll(join(parent, name, 'train'))).toEqual(texts);
      }
      // The one that was killed simply runs again, and takes its remains away. Killed behind the last
      // rename, it is whole, and all that remains is its lock, which nobody holds.
      const isLockOfWhole = (name: string) => names.includes(name.slice(1).replace(/\.lock$/, ''));
      const remains = names.filter((name) => name.startsWith('.') && !isLockOfWhole(name));
      const killed = new Set(remains.map((name) => name.slice(1).replace(/\..*/, '')));
      expect(killed.size).toBeLessThanOrEqual(1);
      for (const name of killed) await writeTexts(join(parent, name));
      // Killed while it took the lock, it may leave its draft of that: a hundred bytes.
      const isDraft = (name: string) => /\.lock\.\d+-/.test(name);
      const left = fs.readdirSync(parent).filter((name) => name.startsWith('.'));
      expect(left.filter((name) => !isDraft(name) && !isLockOfWhole(name))).toEqual([]);
    }
  });
});

/** A program that writes one folder after the other, and says so after the first. */
function endlessWriter(parent: string): string {
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  return `
    import { writeTokenShards } from ${module('./write-token-shards.ts')};
    import { byteTokenizer } from ${module('../testing/byte-tokenizer.ts')};
    const documents = ${JSON.stringify(texts)}.map((text) => ({ text }));
    const tokenizer = byteTokenizer();
    for (let i = 0; ; i++) {
      const directory = ${JSON.stringify(parent)} + '/tokens' + i;
      await writeTokenShards({ documents, tokenizer, directory, maxShardTokens: 8_000 });
      if (i === 0) process.stdout.write('started');
    }`;
}
