/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { UsageError } from '../../src/base/index.ts';

export interface BenchOptions {
  /** The benchmark, a file of bench/. */
  name: string;
  json: boolean;
  /** Show where time goes, instead of racing. */
  profile: boolean;
  numRounds: number;
  /** Part of the names of the measurements to make. */
  only: string;
  device: 'cpu' | 'cuda';
}

const options = {
  json: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '7' },
  only: { type: 'string', default: '' },
  device: { type: 'string', default: 'cpu' },
} as const;

/** @throws UsageError for options that there are not, and values that they cannot have. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseStrictly(args);
  const { json, profile, only, device } = values;
  const numRounds = Number(values.rounds);
  if (!Number.isSafeInteger(numRounds) || numRounds < 1) {
    throw new UsageError({
      what: '--rounds',
      must: 'be a whole number from 1',
      got: values.rounds,
    });
  }
  if (device !== 'cpu' && device !== 'cuda') {
    throw new UsageError({ what: '--device', must: 'be cpu or cuda', got: device });
  }
  if (json && profile) {
    throw new UsageError({
      what: '--profile',
      must: 'stand without --json',
      got: 'both',
      hint: 'a profile is a table for people; leave --json out',
    });
  }
  return { name: positionals[0] ?? '', json, profile, numRounds, only, device };
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
