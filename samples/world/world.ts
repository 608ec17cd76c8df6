import { ConfigError, deriveSeed, type Seed, SeededRandom } from '../../src/base/index.ts';
import { makePeople } from './facts/people.ts';
import { type Counts, makeThings } from './facts/things.ts';
import type { Fact, Subject, SubjectKind } from './subject.ts';

/** How much there is to know: about 480, 1,580 and 9,070 facts. */
export type WorldSize = 'village' | 'town' | 'country';

export interface WorldConfig {
  /** Decides who the people are, and every text that is told about the world. */
  readonly seed: Seed;
  /** `town` unless given; `village` is for models that learn within minutes. */
  readonly size?: WorldSize;
}

/** A small world: whom and what there is, and what is true. Everything told is told from here. */
export interface World {
  readonly seed: Seed;
  readonly size: WorldSize;
  readonly subjects: readonly Subject[];
  readonly byKind: Readonly<Record<SubjectKind, readonly Subject[]>>;
  readonly byId: ReadonlyMap<string, Subject>;
  /** People, places, animals and trades, which are values of other facts, by Chinese name. */
  readonly byName: ReadonlyMap<string, Subject>;
  readonly facts: readonly Fact[];
}

/**
 * Builds a world. The same config gives the same world everywhere.
 *
 * @throws ConfigError when the seed or the size is not valid.
 */
export function createWorld({ seed, size = 'town' }: WorldConfig): World {
  const plan = sizes[size];
  if (plan === undefined) {
    const must = `be one of ${Object.keys(sizes).join(', ')}`;
    throw new ConfigError({ what: 'the size of a world', must, got: String(size) });
  }
  const things = makeThings(plan.things);
  const random = new SeededRandom(deriveSeed(seed, 'people'));
  const subjects = [...makePeople(random, plan.numPeople, things), ...things];
  return {
    seed,
    size,
    subjects,
    byKind: groupByKind(subjects),
    byId: new Map(subjects.map((subject) => [subject.id, subject])),
    byName: new Map(subjects.filter(isValue).map((subject) => [subject.zh.bare, subject])),
    facts: subjects.flatMap((subject) => subject.facts),
  };
}

const sizes: Readonly<Record<WorldSize, { numPeople: number; things: Counts }>> = {
  village: {
    numPeople: 16,
    things: {
      place: 8,
      animal: 12,
      trade: 10,
      fruit: 7,
      festival: 4,
      thing: 10,
      country: 5,
      poem: 24,
      adjective: 24,
    },
  },
  town: { numPeople: 64, things: {} },
  country: { numPeople: 1000, things: {} },
};

function isValue({ kind }: Subject): boolean {
  return kind === 'person' || kind === 'place' || kind === 'animal' || kind === 'trade';
}

function groupByKind(subjects: readonly Subject[]): Record<SubjectKind, Subject[]> {
  const groups: Partial<Record<SubjectKind, Subject[]>> = {};
  for (const subject of subjects) {
    groups[subject.kind] ??= [];
    groups[subject.kind]?.push(subject);
  }
  return groups as Record<SubjectKind, Subject[]>;
}
