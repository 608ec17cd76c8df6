import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { awkwardText } from '../testing/awkward-text.ts';
import { horizonOf } from './horizon.ts';
import { safeCut } from './safe-cut.ts';
import { splitterNamed, splitterNames } from './splitter.ts';

/** The ends of the pieces of `bytes[start, end)` up to the horizon. */
function pieceEnds(name: string, bytes: Uint8Array, start = 0, end = bytes.length): number[] {
  const ends: number[] = [];
  for (let at = start; at < end; ) {
    at = splitterNamed(name).pieceEnd(bytes, at, end);
    ends.push(at);
  }
  return ends;
}

describe.each(splitterNames)('a text known in part, with the splitter %s', (name) => {
  it('has the same pieces up to its horizon as the whole text', () => {
    const random = new SeededRandom(41);
    let numFinal = 0;
    for (let i = 0; i < count({ test: 300, pr: 5_000, slow: 50_000 }); i++) {
      const bytes = Buffer.from(awkwardText(random));
      const whole = pieceEnds(name, bytes);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const { end, horizon } = horizonOf(bytes, 0, cut);
        const final = pieceEnds(name, bytes, 0, end).filter((stop) => stop <= horizon);
        expect(final, `${cut} of ${JSON.stringify(bytes.toString())}`).toEqual(
          whole.slice(0, final.length),
        );
        numFinal += final.length;
      }
    }
    expect(numFinal).toBeGreaterThan(1000);
  });

  it('has the same pieces on both sides of a safe cut as in the whole', () => {
    const random = new SeededRandom(42);
    let numCuts = 0;
    for (let i = 0; i < count({ test: 3_000, pr: 30_000, slow: 300_000 }); i++) {
      const bytes = Buffer.from(awkwardText(random) + awkwardText(random));
      const cut = safeCut(bytes, random.int(bytes.length + 1), bytes.length);
      if (cut < 0) continue;
      numCuts++;
      const halves = [...pieceEnds(name, bytes, 0, cut), ...pieceEnds(name, bytes, cut)];
      expect(halves, `${cut} of ${JSON.stringify(bytes.toString())}`).toEqual(
        pieceEnds(name, bytes),
      );
    }
    expect(numCuts).toBeGreaterThan(300);
  });
});
