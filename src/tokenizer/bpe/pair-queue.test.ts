import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { PairQueue } from './pair-queue.ts';

interface Pair {
  rank: number;
  position: number;
}

describe('the queue of pairs', () => {
  it('gives pairs by rank, then from left to right, in whatever order they came', () => {
    const random = new SeededRandom(55);
    for (let i = 0; i < count({ test: 100, pr: 3_000, slow: 30_000 }); i++) {
      // Room for the pairs that wait at once, not for all that ever come.
      const queue = new PairQueue(40);
      let waiting: Pair[] = [];
      for (let step = 0; step < 200; step++) {
        if (waiting.length < 40 && random.int(3) > 0) {
          const pair = { rank: random.int(5) * 2 ** 19, position: random.int(2 ** 20) };
          queue.push(pair.rank, pair.position);
          waiting.push(pair);
        } else {
          waiting = sorted(waiting);
          const first = waiting.shift();
          expect(queue.isEmpty).toBe(first === undefined);
          if (first === undefined) continue;
          expect({ rank: queue.rank, position: queue.position }).toEqual(first);
          expect(queue.isBefore(first.rank, first.position + 1)).toBe(true);
          expect(queue.isBefore(first.rank, first.position)).toBe(false);
          queue.take();
        }
      }
    }
  });
});

function sorted(pairs: readonly Pair[]): Pair[] {
  return [...pairs].sort((a, b) => a.rank - b.rank || a.position - b.position);
}
