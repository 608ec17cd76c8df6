import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { awkwardText } from '../testing/awkward-text.ts';
import { incompleteTail } from './horizon.ts';
import { pieceEndSlices } from './piece-end.ts';
import { type Splitter, splitterNamed, splitterNames } from './splitter.ts';

const endless = [
  'a',
  'é',
  '中',
  '𠮷',
  '7',
  '!',
  '。',
  '_',
  ' ',
  '\n',
  ' \n',
  '\r\n',
  '\u3000',
  'अ़',
];

/** Runs that one slice does not hold, with anything before, between and behind them. */
function runText(random: SeededRandom): Uint8Array {
  const run = (): string => random.pick(endless).repeat(random.int(30));
  const text = Buffer.from(`${random.pick([' ', '!', "'", ''])}${run()}${run()}`);
  const rest = random.int(4) === 0 ? Buffer.alloc(1, 0xe4) : Buffer.from(awkwardText(random));
  return Buffer.concat([text, rest]);
}

function scan(splitter: Splitter, bytes: Uint8Array, end: number, isWhole: boolean, slice: number) {
  const work = pieceEndSlices(splitter, bytes, 0, end, isWhole, slice);
  for (let numSlices = 1; ; numSlices++) {
    const { done, value } = work.next();
    if (done) return { numSlices, stop: value };
  }
}

describe.each(splitterNames)(
  'the end of a piece, found in slices, with the splitter %s',
  (name) => {
    const splitter = splitterNamed(name);

    it('is that of the whole, and not known before the text that decides it', () => {
      const random = new SeededRandom(43);
      let [numOpen, mostSlices] = [0, 0];
      for (let i = 0; i < count({ test: 3_000, pr: 30_000, slow: 300_000 }); i++) {
        const bytes = runText(random);
        if (bytes.length === 0) continue;
        const expected = splitter.pieceEnd(bytes, 0, bytes.length);
        const whole = scan(splitter, bytes, bytes.length, true, 4 + random.int(20));
        expect(whole.stop, bytes.join()).toBe(expected);
        mostSlices = Math.max(mostSlices, whole.numSlices);
        // Openings look four bytes ahead, so a part must have that many.
        let end = Math.min(bytes.length, 5 + random.int(bytes.length));
        end -= incompleteTail(bytes, 0, end);
        if (end < 5) continue;
        const part = scan(splitter, bytes, end, false, 4 + random.int(20));
        if (part.stop >= 0) expect(part.stop, `${end} of ${bytes.join()}`).toBe(expected);
        else numOpen++;
      }
      expect(numOpen).toBeGreaterThan(300);
      expect(mostSlices).toBeGreaterThan(5);
    });
  },
);
