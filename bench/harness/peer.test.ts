import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { Peer } from './peer.ts';

const fakePeer = fileURLToPath(new URL('./fixtures/fake-peer.mjs', import.meta.url));
const opened: Peer[] = [];

afterEach(() => {
  for (const peer of opened.splice(0)) peer.close();
});

async function start(...command: [string, ...string[]]): Promise<Peer> {
  const peer = await Peer.start(command, 3);
  opened.push(peer);
  return peer;
}

describe('Peer', () => {
  it('introduces itself, times workloads and calls functions', async () => {
    const peer = await start(process.execPath, fakePeer);
    expect(peer.introduction.name).toBe('Fake 1.0');
    expect(peer.contestant('add').name).toBe('Fake 1.0');
    expect(await peer.contestant('add').run(8)).toBe(4);
    const answer = { function: 'check', folder: 'x', threads: 3 };
    expect(await peer.call('check', { folder: 'x' })).toEqual(answer);
  });

  it('passes on an error and goes on', async () => {
    const peer = await start(process.execPath, fakePeer);
    await expect(peer.contestant('unknown').run(1)).rejects.toThrow('KeyError: unknown');
    expect(await peer.contestant('add').run(2)).toBe(1);
  });

  it('says what a dying peer wrote last', async () => {
    const peer = await start(process.execPath, fakePeer);
    await expect(peer.contestant('exit').run(1)).rejects.toThrow(
      /it ended\n.*Error: no such module/s,
    );
    await expect(peer.contestant('add').run(1)).rejects.toThrow('it ended');
  });

  it('refuses what is not JSON', async () => {
    const peer = await start(process.execPath, fakePeer);
    await expect(peer.contestant('garbage').run(1)).rejects.toThrow(
      'a line that is not JSON: Loading model...',
    );
  });

  it('names the variable when the program is missing', async () => {
    await expect(start('/nowhere/python')).rejects.toThrow(
      /the peer \/nowhere\/python must answer.*ENOENT.*ATHANOR_BENCH_PYTHON/s,
    );
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('peer.py', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const script = `
import sys, time
sys.path.insert(0, ${JSON.stringify(folder)})
from harness.memory import peak_growth_bytes
from harness.peer import serve

threads = []
def sleep():
    print("prints do not disturb the answers")
    return lambda iterations: time.sleep(0.01 * iterations)

serve("Python", threads.append, {"sleep": sleep}, details="detail",
      functions={"grow": lambda size: peak_growth_bytes(lambda: bytearray(b"x") * size),
                 "threads": lambda: threads})
`;

  it('speaks with Peer', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'athanor-peer-'));
    const file = join(scratch, 'peer_script.py');
    writeFileSync(file, script);
    const peer = await start('python3', file);
    expect(peer.introduction.name).toBe('Python');
    expect(peer.introduction.details).toMatch(/^Python 3\.\d+\.\d+, 3 threads, detail$/);
    expect(await peer.call('threads')).toEqual([3]);
    expect(await peer.contestant('sleep').run(3)).toBeGreaterThan(0.029);
    await expect(peer.contestant('nap').run(1)).rejects.toThrow(/KeyError: 'nap'/);
    const size = 64 * 2 ** 20;
    expect(await peer.call<number>('grow', { size })).toBeGreaterThan(0.9 * size);
    rmSync(scratch, { recursive: true });
  });
});
