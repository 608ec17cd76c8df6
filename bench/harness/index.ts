/** What a benchmark in bench/ is made of. */
export { type Benchmark, type Measurement, raceOf } from './benchmark.ts';
export { inFreshProcess, peakGrowthBytes } from './memory.ts';
export { type Contestant, inProcess, microseconds, milliseconds, perSecond, race } from './race.ts';
export { compareLowest, equal, type Row } from './row.ts';
