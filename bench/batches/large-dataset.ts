/** A data set of 2 GB for reading at random. */
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTokenDataset, writeTokenShards } from '../../src/batches/index.ts';
import { Tokenizer } from '../../src/tokenizer/index.ts';

/** 64 MiB each. */
const numShards = 32;
const tokensPerShard = 2 ** 25;
const tokensPerDocument = 2 ** 11;

/**
 * Writes the data set `train` under `directory`: one shard in earnest, and copies of it, which are
 * files of their own to the file system. Answers its size.
 */
export async function writeLargeDataset(directory: string): Promise<number> {
  const tokenizer = new Tokenizer({
    splitter: 'gpt2',
    tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    merges: 'ranks',
    wholePieces: true,
    specialTokens: new Map([['<|endoftext|>', 256]]),
  });
  await writeTokenShards({ documents: documents(), tokenizer, directory });
  const train = join(directory, 'train');
  using dataset = openTokenDataset(train);
  const { shards, ...rest } = dataset.manifest;
  const totals = Object.fromEntries(
    (['numDocuments', 'numTokens', 'numTextBytes'] as const).map((field) => [
      field,
      numShards * rest[field],
    ]),
  );
  for (let shard = 1; shard < numShards; shard++) {
    for (const kind of ['tokens', 'ends']) {
      const file = (index: number) => `shard-${String(index).padStart(5, '0')}.${kind}`;
      copyFileSync(join(train, file(0)), join(train, file(shard)));
    }
  }
  const manifest = { ...rest, ...totals, shards: Array(numShards).fill(shards[0]) };
  const sha256 = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  rmSync(join(train, 'dataset.json'));
  writeFileSync(join(train, 'dataset.json'), JSON.stringify({ ...manifest, sha256 }));
  return numShards * tokensPerShard * 2;
}

function* documents(): Generator<{ text: Uint8Array }> {
  for (let done = 0; done < tokensPerShard; done += tokensPerDocument) {
    const verse = `${done} spring sleep, and no one wakes to the dawn. `;
    yield { text: Buffer.from(verse.repeat(50)).subarray(0, tokensPerDocument - 1) };
  }
}
