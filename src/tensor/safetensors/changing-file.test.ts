import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFile, entry } from '../../../tests/fuzz/safetensors-file.ts';
import { count } from '../../../tests/tier.ts';
import { FileError, SeededRandom } from '../../base/index.ts';
import { liveTensors } from '../handle.ts';
import type { Tensor } from '../tensor.ts';
import { SafetensorsFile } from './read.ts';
import { StableFile } from './stable-file.ts';
import { loadFrom } from './tensor-source.ts';

const changes = [
  'truncate',
  'grow',
  'overwrite',
  'overwrite and set the time back',
  'replace by a link',
  'replace by another file',
  'remove',
  'chmod',
];
const numTensors = 64;
const tensorBytes = 2 ** 17;
const numTrials = count({ test: 48, pr: 504, slow: 5_000 });

const folder = mkdtempSync(join(tmpdir(), 'athanor-changing-'));
const path = join(folder, 'model.safetensors');
const other = join(folder, 'other.safetensors');
let child: ChildProcess;
beforeAll(() => {
  child = fork(new URL('./fixtures/change-file.mjs', import.meta.url));
});
afterAll(() => {
  child.kill();
  rmSync(folder, { recursive: true });
});

describe('a file that another program changes while it is loaded', () => {
  it(`gives what it held at one moment, or an error (${numTrials} trials)`, {
    timeout: 3_600_000,
  }, async () => {
    const random = new SeededRandom(3);
    const outcomes = { whole: 0, refused: 0 };
    const numBefore = liveTensors();
    for (let trial = 0; trial < numTrials; trial++) {
      const change = changes[trial % changes.length] as string;
      await prepareFiles();
      // Up to 20 ms: the file takes some 5 ms to load, twice as long on a busy machine.
      const order = { change, path, other, delayMs: random.next() ** 2 * 20 };
      outcomes[await loadDuring(order, trial % 3 > 0)]++;
      expect(liveTensors()).toBe(numBefore);
    }
    // Were one of them zero, the changes would all come too late or too early to show anything.
    expect(outcomes.whole).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  });
});

describe('StableFile', () => {
  it('waits until the last change is old enough to tell the next one apart', () => {
    writeFileSync(path, 'old');
    const begin = performance.now();
    const file = new StableFile(path);
    expect(performance.now() - begin).toBeGreaterThan(10);
    writeFileSync(path, 'new');
    expect(() => file.readBytes(0, 3)).toThrow(/must stay as it is while it is read/);
    file.close();
  });

  it('gives no bytes of a file that has changed, though size and time of writing are the same', () => {
    writeFileSync(path, 'old');
    utimesSync(path, 1, 1);
    const file = new StableFile(path);
    writeFileSync(path, 'new');
    utimesSync(path, 1, 1);
    expect(() => file.readBytes(0, 3)).toThrow(FileError);
    file.close();
  });
});

/** Two files of the same form: `path` full of 0xAA, `other` full of 0xBB. */
async function prepareFiles(): Promise<void> {
  const entries = Array.from({ length: numTensors }, (_, i) => {
    const data_offsets = [i * tensorBytes, (i + 1) * tensorBytes];
    return `"${i}":${entry({ dtype: 'U8', shape: [tensorBytes], data_offsets })}`;
  });
  for (const [file, byte] of [
    [path, 0xaa],
    [other, 0xbb],
  ] as const) {
    rmSync(file, { force: true });
    const data = Buffer.alloc(numTensors * tensorBytes, byte);
    writeFileSync(file, buildFile(`{${entries.join()}}`, data));
  }
  // So old that loading does not begin with a wait.
  await sleep(25);
}

/**
 * Loads while the order is carried out. With `isOpen` the file is open before the order is given:
 * then only what it held is right. Else the change may begin first, and what the file holds at any one
 * moment is right: as the overwriting goes from front to back, 0xBB up to somewhere and 0xAA from there.
 */
async function loadDuring(order: object, isOpen: boolean): Promise<'whole' | 'refused'> {
  const done = once(child, 'message');
  try {
    const file = isOpen ? SafetensorsFile.open(path) : undefined;
    child.send(order);
    const content = contentOf(loadFrom(file ?? SafetensorsFile.open(path), {}));
    const firstOld = content.indexOf(0xaa);
    const numNew = firstOld < 0 ? content.length : firstOld;
    const oneMoment = Buffer.alloc(content.length, 0xaa).fill(0xbb, 0, numNew);
    expect(content.equals(oneMoment), 'the content of one moment').toBe(true);
    if (isOpen) expect(numNew).toBe(0);
    return 'whole';
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return 'refused';
  } finally {
    await done;
  }
}

/** All bytes in the order of the file; the tensors are disposed of. */
function contentOf(tensors: Map<string, Tensor>): Buffer {
  const pieces = [...tensors.values()].map((tensor) => {
    const bytes = tensor.toTypedArray() as Uint8Array;
    tensor.dispose();
    return bytes;
  });
  return Buffer.concat(pieces);
}
