import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { referenceMerges } from '../testing/reference-bpe.ts';
import { learnMerges } from './learn-merges.ts';
import { WordCounts } from './word-counts.ts';

const identity = Int32Array.from({ length: 256 }, (_, byte) => byte);

function learn(words: ReadonlyMap<string, number>, numMerges = 50, minPairCount = 1): number[][] {
  const counts = new WordCounts();
  for (const [word, times] of words) {
    const bytes = Buffer.from(word, 'latin1');
    counts.add(bytes, 0, bytes.length, times);
  }
  const merges = learnMerges(counts.arrays(), { idsOfBytes: identity, numMerges, minPairCount });
  return Array.from(merges.left, (left, rank) => [left, merges.right[rank] as number]);
}

describe('learning merges', () => {
  it('equals a recount of every pair before every merge', () => {
    const random = new SeededRandom(31);
    for (let i = 0; i < count({ test: 300, pr: 5_000, slow: 100_000 }); i++) {
      // Two or three letters make runs, ties and overlaps frequent.
      const letters = random.pick(['ab', 'abc', 'aab', 'abcdefgh']);
      const words = new Map<string, number>();
      for (let left = random.int(12); left >= 0; left--) {
        const word = Array.from({ length: 1 + random.int(14) }, () => random.pick([...letters]));
        words.set(word.join(''), 1 + random.int(4));
      }
      const minPairCount = 1 + random.int(3);
      const expected = referenceMerges(words, (byte) => byte, 50, minPairCount);
      expect(learn(words, 50, minPairCount), JSON.stringify([...words])).toEqual(expected);
    }
  });

  it('takes the smaller left id, then the smaller right id, of equally frequent pairs', () => {
    const words = new Map([
      ['cd', 5],
      ['bz', 5],
      ['by', 5],
    ]);
    expect(learn(words, 3)).toEqual([
      [0x62, 0x79],
      [0x62, 0x7a],
      [0x63, 0x64],
    ]);
  });

  it('merges runs from the left', () => {
    expect(learn(new Map([['aaaaa', 1]]), 2)).toEqual([
      [0x61, 0x61],
      [256, 0x61],
    ]);
  });

  it('stays exact for counts above 2^32 and refuses those above 2^53', () => {
    const words = new Map([
      ['ab', 2 ** 33 + 1],
      ['cd', 2 ** 33],
      ['bb', 2 ** 52],
    ]);
    expect(learn(words, 3).map(([left]) => left)).toEqual([0x62, 0x61, 0x63]);
    const counts = new WordCounts();
    counts.add(Buffer.from('ab'), 0, 2, 2 ** 53 - 1);
    expect(() => counts.add(Buffer.from('ab'), 0, 2)).toThrow(/stay below 2\^53/);
  });

  it('learns nothing from nothing and from single bytes', () => {
    expect(learn(new Map())).toEqual([]);
    expect(learn(new Map([['a', 9]]))).toEqual([]);
  });
});

describe('the table of words', () => {
  it('keeps to its memory', () => {
    const counts = new WordCounts(2 ** 20);
    const fill = (): void => {
      for (let i = 0; i < 1e6; i++) counts.add(Buffer.from(`word ${i}`), 0, 8 + (i % 3));
    };
    expect(fill).toThrow(/the table of different words must fit into its 1048576 bytes/);
  });

  it('adds up tables of several threads', () => {
    const [a, b] = [new WordCounts(), new WordCounts()];
    a.add(Buffer.from('xy'), 0, 2, 3);
    b.add(Buffer.from('xyz'), 0, 2, 4);
    b.add(Buffer.from('xyz'), 0, 3);
    a.addAll(b.arrays());
    expect([...a.arrays().counts]).toEqual([7, 1]);
  });
});
