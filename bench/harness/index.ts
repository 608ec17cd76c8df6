/** What a benchmark in bench/ is made of. */
export { type Benchmark, type Context, type Measurement, raceOf } from './benchmark.ts';
export { inFreshProcess, peakGrowthBytes } from './memory.ts';
export { formatProfile, type StepProfile } from './profile-table.ts';
export { type Contestant, inProcess, microseconds, milliseconds, perSecond, race } from './race.ts';
export { compareLowest, equal, type Row } from './row.ts';
export { median } from './statistics.ts';
