import type { Peer } from './peer.ts';
import { type Race, type RaceSettings, race } from './race.ts';
import type { Row } from './row.ts';

/** What a file of bench/ exports as `benchmark`; `npm run bench -- <file name>` runs it. */
export interface Benchmark {
  /** What is measured against what, in a line. */
  description: string;
  /** The Python script that is measured against, when there is one; it calls harness/peer.py. */
  peerScript?: URL;
  /** Threads that both sides use, and our versions; asked for once, before anything runs. */
  describe(): { threads: number; versions: string };
  /** Why nothing can be measured on a device, if so. Without it only the CPU can be chosen. */
  missingDevice?(device: 'cpu' | 'cuda'): string | undefined;
  measurements: readonly Measurement[];
}

/** One piece of a benchmark, chosen by `--only`. */
export interface Measurement {
  name: string;
  measure(context: Context): Promise<Row[]>;
  /** A table of where time goes, ours beside the peer's, for `--profile`. */
  profile?(context: Context): Promise<string>;
}

export interface Context extends RaceSettings {
  /** The peer, or undefined when no Python is named for it. */
  peer: Peer | undefined;
  device: 'cpu' | 'cuda';
  /** A peer of its own, for measurements that need a fresh process; the caller closes it. */
  startPeer(): Promise<Peer | undefined>;
}

/** A measurement that is one race, set up by `prepare` just before and torn down after it. */
export function raceOf(
  name: string,
  prepare: (context: Context) => Omit<Race, 'name'> & { close?: () => void },
): Measurement {
  return {
    name,
    async measure(context) {
      const { close, ...contest } = prepare(context);
      try {
        return [await race({ name, ...contest }, context)];
      } finally {
        close?.();
      }
    },
  };
}
