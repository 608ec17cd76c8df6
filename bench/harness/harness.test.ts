import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  type Contestant,
  compareLowest,
  inFreshProcess,
  inProcess,
  microseconds,
  milliseconds,
  peakGrowthBytes,
  perSecond,
  type Row,
  race,
} from './index.ts';
import { formatNumber, formatTable } from './report.ts';
import { toJson } from './row.ts';
import { median, quantile, quartiles } from './statistics.ts';

const row: Row = {
  name: 'add',
  unit: 'µs',
  ours: 0.85,
  peer: 1.1,
  peerName: 'PyTorch 2.13.0',
  ratio: 1.294,
  target: 1,
  pass: true,
  spread: [1.27, 1.31],
};

describe('statistics', () => {
  it('interpolates quantiles as numpy does', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quartiles([4, 1, 3, 2])).toEqual([1.75, 3.25]);
    expect(quantile([10, 20, 30], 0.1)).toBeCloseTo(12, 12);
    expect(quartiles([5])).toEqual([5, 5]);
    expect(median([])).toBeNaN();
  });
});

describe('race', () => {
  /** Takes the listed seconds for one iteration after the other; the last one for ever. */
  function scripted(name: string, seconds: number[], turns: string[]): Contestant {
    return {
      name,
      async run(numIterations) {
        turns.push(`${name}×${numIterations}`);
        const next = seconds.length > 1 ? seconds.shift() : seconds[0];
        return (next ?? 0) * numIterations;
      },
    };
  }
  const settings = { numRounds: 3, minTurnSeconds: 0 };

  it('lets the contestants run in turn, each round starting with the other one', async () => {
    const turns: string[] = [];
    const [ours, theirs] = [scripted('us', [1], turns), scripted('they', [1], turns)];
    await race({ name: '', scale: microseconds, target: 1, ours, theirs }, settings);
    const warmUp = ['us×1', 'they×1'];
    const rounds = ['us×1', 'they×1', 'they×1', 'us×1', 'us×1', 'they×1'];
    expect(turns).toEqual([...warmUp, ...rounds]);
  });

  it('takes medians, and the median of the ratios of each round', async () => {
    const ours = scripted('us', [9, 1, 10, 2], []);
    const theirs = scripted('they', [9, 2, 30, 3], []);
    const result = await race(
      { name: 'x', scale: milliseconds, target: 2, ours, theirs },
      settings,
    );
    expect(result).toEqual({
      ...{ name: 'x', unit: 'ms', ours: 2000, peer: 3000, peerName: 'they' },
      ...{ ratio: 2, target: 2, pass: true, spread: [1.75, 2.5] },
    });
  });

  it('fills a turn with iterations and shows the time of one', async () => {
    const turns: string[] = [];
    const ours = scripted('us', [0.001], turns);
    const contest = { name: 'x', scale: milliseconds, target: 1, ours, theirs: undefined };
    const result = await race(contest, { numRounds: 1, minTurnSeconds: 0.1 });
    expect(turns).toEqual(['us×1', 'us×50', 'us×120', 'us×120']);
    expect(result.ours).toBeCloseTo(1, 12);
  });

  it('leaves the peer out where there is none', async () => {
    const ours = scripted('us', [1], []);
    const contest = { name: 'x', scale: microseconds, target: 1, ours, theirs: undefined };
    const nothing = { peer: null, peerName: null, ratio: null, pass: null, spread: null };
    expect(await race(contest, settings)).toMatchObject(nothing);
  });

  it('shows throughput with a ratio that still means "better"', async () => {
    const [ours, theirs] = [scripted('us', [2], []), scripted('they', [1], [])];
    const contest = { name: 'x', scale: perSecond(10, 'MB'), target: 1, ours, theirs };
    const expected = { unit: 'MB/s', ours: 5, peer: 10, ratio: 0.5, pass: false };
    expect(await race(contest, settings)).toMatchObject(expected);
  });

  it('times work in this process, also when it is asynchronous', async () => {
    const pause = (n: number) => new Promise((resolve) => setTimeout(resolve, 20 * n));
    expect(await inProcess('us', pause).run(2)).toBeGreaterThan(0.035);
  });
});

describe('rows', () => {
  it('have eight fields as JSON', () => {
    const fields = '"name":"add","unit":"µs","ours":0.85,"peer":1.1,"peerName":"PyTorch 2.13.0"';
    const verdict = '"ratio":1.294,"target":1,"pass":true';
    expect(toJson([row])).toBe(`{"rows":[{${fields},${verdict}}]}`);
  });

  it('compare two numbers of which the smaller wins', () => {
    const numbers = { name: 'memory', unit: 'MB', ours: 50, peer: 100, peerName: 'p', target: 2 };
    expect(compareLowest(numbers)).toMatchObject({ ratio: 2, pass: true });
    expect(compareLowest({ ...numbers, ours: 51 })).toMatchObject({ pass: false });
    expect(compareLowest({ ...numbers, peer: null })).toMatchObject({ ratio: null, pass: null });
    expect(compareLowest({ ...numbers, ours: Number.NaN })).toMatchObject({ pass: false });
  });

  it('are a table for people', () => {
    const lost = { ...row, name: 'chain of 100', ratio: 0.9, pass: false, ours: 1234.5 };
    const alone = { ...row, peer: null, peerName: null, ratio: null, pass: null, spread: null };
    expect(formatTable([row, lost, alone])).toBe(
      [
        'what               ours                       peer  ratio     spread  target     pass',
        'add           0.8500 µs  1.100 µs (PyTorch 2.13.0)   1.29  1.27–1.31     ≥ 1      yes',
        'chain of 100    1235 µs  1.100 µs (PyTorch 2.13.0)   0.90  1.27–1.31     ≥ 1       NO',
        'add           0.8500 µs                       none                       ≥ 1  skipped',
      ].join('\n'),
    );
  });

  it('show four significant digits', () => {
    const texts = [12345.6, 999.96, 0.85, 0.001234, 1.5e-7, 0].map(formatNumber);
    expect(texts).toEqual(['12346', '1000', '0.8500', '0.001234', '1.50e-7', '0']);
  });
});

describe('memory', () => {
  const bytes = 64 * 2 ** 20;

  it('measures what is held at once, not what is left or was there before', async () => {
    if (process.platform === 'linux') {
      // The memory of a thread is freed for certain when it ends; elsewhere a peak stays for ever.
      const thread = new Worker(new URL(`data:text/javascript,Buffer.alloc(${4 * bytes}, 1)`));
      await once(thread, 'exit');
    }
    const growth = peakGrowthBytes(() => {
      Buffer.alloc(bytes, 1);
    });
    expect(growth).toBeGreaterThan(0.9 * bytes);
    expect(growth).toBeLessThan(1.5 * bytes);
  });

  it('calls an exported function in a process of its own', async () => {
    const source = `export const id = () => process.pid; export const join = (...texts) => Number(texts.join('.')); export const fail = () => { throw Error('so') }`;
    const module = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
    expect(await inFreshProcess(module, 'id')).not.toBe(process.pid);
    expect(await inFreshProcess(module, 'join', '4', '2')).toBe(4.2);
    await expect(inFreshProcess(module, 'fail')).rejects.toThrow(/exit code 0, got 1.*Error: so/s);
  });
});
