/** zstd against files that the reference implementation wrote; `tools/fixtures/zstd.py` made them. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { count } from '../../../tests/tier.ts';
import fixtures from '../fixtures/zstd.json' with { type: 'json' };
import { DamagedFileError, readBlocks, readTexts, SeededRandom } from '../index.ts';

type Name = keyof typeof fixtures;

const packed = (name: Name) => Buffer.from(fixtures[name], 'base64');
const lines = Array.from({ length: 200 }, (_, i) => `{"text": "${i} 春眠不觉晓"}\n`).join('');

function file(name: string, content: Uint8Array): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-zstd-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  fs.writeFileSync(path, content);
  return path;
}

async function unpacked(content: Uint8Array): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const block of readBlocks(file('a.zst', content))) parts.push(Buffer.from(block));
  return Buffer.concat(parts).toString();
}

describe('zstd files', () => {
  it.each<Name>(['whole', 'streamed', 'without checksum', 'best', 'raw', 'two frames'])(
    'are read: %s',
    async (name) => {
      expect(await unpacked(packed(name))).toBe(lines);
    },
  );

  it('may hold nothing, or more than a block', async () => {
    expect(await unpacked(packed('nothing'))).toBe('');
    const large = Array.from({ length: 4_000 }, (_, i) => `${i * i} `)
      .join('')
      .repeat(20);
    expect(await unpacked(packed('large'))).toBe(large);
  });

  it('are texts and JSON lines like any other', async () => {
    const found: unknown[] = [];
    const files = [file('a.jsonl.zst', packed('whole')), file('a.txt.zst', packed('whole'))];
    for await (const record of readTexts(files)) found.push(record);
    expect(found).toHaveLength(201);
    expect(found.at(-1)).toMatchObject({ text: Buffer.from(lines) });
  });

  it('are refused after any cut and any flipped bit', async () => {
    const random = new SeededRandom(1);
    for (let i = 0; i < count({ test: 8, pr: 60, slow: 500 }); i++) {
      for (const name of ['whole', 'streamed', 'raw', 'two frames'] as const) {
        const whole = packed(name);
        const cut = unpacked(whole.subarray(0, random.int(whole.length)));
        // Between two frames nothing is missed.
        if (name !== 'two frames') await expect(cut).rejects.toThrow(DamagedFileError);
        else await cut.catch((error: unknown) => expect(error).toBeInstanceOf(DamagedFileError));
        if (name === 'two frames') continue;
        const at = random.int(whole.length);
        whole[at] = (whole[at] as number) ^ (1 << random.int(8));
        const flipped = await unpacked(whole).catch((error: unknown) => error);
        // A window or a size that is larger than need be changes nothing.
        if (flipped !== lines) expect(flipped, `byte ${at}`).toBeInstanceOf(DamagedFileError);
      }
    }
  });

  it('are refused with junk behind, a dictionary, a window beyond measure, or growth without end', async () => {
    const junk = Buffer.concat([packed('whole'), Buffer.from('junk')]);
    await expect(unpacked(junk)).rejects.toThrow(/must be whole zstd data, got something else/);
    await expect(unpacked(Buffer.alloc(0))).rejects.toThrow(/whole zstd data, got its end/);
    const dictionary = Buffer.from('28b52ffd2101002a010000', 'hex');
    await expect(unpacked(dictionary)).rejects.toThrow(/got a dictionary/);
    const window = unpacked(packed('window of 64 MiB'));
    await expect(window).rejects.toThrow(/look back over at most 33554432 bytes, got 67108864/);
    const huge = Buffer.from('28b52ffde0ffffffffffffff0f010000', 'hex');
    await expect(unpacked(huge)).rejects.toThrow(/look back over at most/);
    await expect(unpacked(packed('bomb'))).rejects.toThrow(/must grow at most 200 times/);
  });
});
