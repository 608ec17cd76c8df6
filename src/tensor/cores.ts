/** How many processor cores this machine gives us. */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * The number of threads to begin with: OMP_NUM_THREADS where it is set, as programs on OpenMP take
 * it, such as PyTorch; else all physical cores.
 */
export function defaultNumThreads(): number {
  const wanted = Number(process.env.OMP_NUM_THREADS);
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : numPhysicalCores();
}

/**
 * Physical cores that this process may use: two threads on one core share its multipliers, so more
 * threads than cores make matrix products slower.
 */
function numPhysicalCores(): number {
  const usable = availableParallelism();
  try {
    return Math.max(1, Math.min(usable, countCores('/sys/devices/system/cpu')));
  } catch {
    return usable;
  }
}

/** Each core lists its hardware threads as siblings; equal lists are one core. */
function countCores(folder: string): number {
  const processors = readdirSync(folder).filter((name) => /^cpu\d+$/.test(name));
  const siblings = processors.map((name) =>
    readFileSync(`${folder}/${name}/topology/thread_siblings_list`, 'utf8'),
  );
  return new Set(siblings).size;
}
