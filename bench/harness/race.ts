/** Two contestants in turn on the same machine, so that whatever disturbs it disturbs both. */
import type { Row } from './row.ts';
import { median, quartiles } from './statistics.ts';

export interface Contestant {
  name: string;
  /** Does the work so many times and answers the seconds that it took. */
  run(numIterations: number): Promise<number>;
}

/** How the seconds of one iteration are shown. */
export interface Scale {
  unit: string;
  fromSeconds(seconds: number): number;
}

export const microseconds: Scale = { unit: 'µs', fromSeconds: (seconds) => seconds * 1e6 };
export const milliseconds: Scale = { unit: 'ms', fromSeconds: (seconds) => seconds * 1e3 };

/** Throughput, for work whose one iteration handles so many units: `perSecond(3.5, 'MB')`. */
export function perSecond(amount: number, unit: string): Scale {
  return { unit: `${unit}/s`, fromSeconds: (seconds) => amount / seconds };
}

export interface Race {
  name: string;
  scale: Scale;
  /** The ratio to reach. */
  target: number;
  ours: Contestant;
  theirs: Contestant | undefined;
}

export interface RaceSettings {
  numRounds: number;
  /** A turn is made of as many iterations as take this long. */
  minTurnSeconds: number;
}

/**
 * Measures both contestants in turn, the first of a round changing each time. The row holds the
 * medians of each, and the median of the rounds' ratios: a slow spell of the machine falls on
 * both halves of a round and so out of its ratio.
 */
export async function race(contest: Race, settings: RaceSettings): Promise<Row> {
  const { name, scale, target, ours, theirs } = contest;
  const numIterations = await calibrate(ours, settings.minTurnSeconds);
  await theirs?.run(numIterations);
  const [ourSeconds, theirSeconds]: [number[], number[]] = [[], []];
  for (let round = 0; round < settings.numRounds; round++) {
    const turns = [
      async () => ourSeconds.push((await ours.run(numIterations)) / numIterations),
      async () => theirs && theirSeconds.push((await theirs.run(numIterations)) / numIterations),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const ratios = theirSeconds.map((seconds, round) => seconds / (ourSeconds[round] ?? Number.NaN));
  const ratio = theirs === undefined ? null : median(ratios);
  return {
    name,
    unit: scale.unit,
    ours: scale.fromSeconds(median(ourSeconds)),
    peer: theirs === undefined ? null : scale.fromSeconds(median(theirSeconds)),
    peerName: theirs?.name ?? null,
    ratio,
    target,
    pass: ratio === null ? null : ratio >= target,
    spread: ratio === null ? null : quartiles(ratios),
  };
}

/** A contestant inside this process. */
export function inProcess(name: string, work: (numIterations: number) => unknown): Contestant {
  return {
    name,
    async run(numIterations) {
      const start = performance.now();
      await work(numIterations);
      return (performance.now() - start) / 1000;
    },
  };
}

/** How many iterations fill a turn. Finding out also warms up caches and compilers. */
async function calibrate(contestant: Contestant, minTurnSeconds: number): Promise<number> {
  let numIterations = 1;
  for (;;) {
    const seconds = await contestant.run(numIterations);
    if (seconds >= minTurnSeconds) return numIterations;
    const growth = (1.2 * minTurnSeconds) / Math.max(seconds, 1e-9);
    numIterations = Math.ceil(numIterations * Math.min(growth, 50));
  }
}
