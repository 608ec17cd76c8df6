import type { SeededRandom } from '../../src/base/index.ts';
import type { Subject, SubjectKind } from './subject.ts';
import type { World } from './world.ts';

/**
 * Draws a subject to write about. Kinds with many subjects come more often, but each of their subjects
 * less often, than kinds with few: a kind's chance grows as the root of its number.
 */
export function drawSubject(random: SeededRandom, world: World): Subject {
  const kinds = Object.entries(world.byKind) as [SubjectKind, readonly Subject[]][];
  const chances = kinds.map(
    ([kind, subjects]) => Math.sqrt(subjects.length) * (emphasis[kind] ?? 1),
  );
  let left = random.next() * chances.reduce((sum, chance) => sum + chance, 0);
  for (const [i, [, subjects]] of kinds.entries()) {
    left -= chances[i] ?? 0;
    if (left < 0) return random.pick(subjects);
  }
  return random.pick(world.subjects);
}

/** People matter more than lists whose every line is told at once, or poems that stand alone too. */
const emphasis: Partial<Record<SubjectKind, number>> = {
  person: 2,
  poem: 0.5,
  weekday: 0.3,
  month: 0.3,
  adjective: 0.5,
};
