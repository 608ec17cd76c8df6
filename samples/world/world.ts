import { ConfigError, deriveSeed, type Seed, SeededRandom } from '../../src/base/index.ts';
import { makeGuest, makePeople } from './facts/people.ts';
import { makeThings } from './facts/things.ts';
import { sizes, type WorldSize } from './size.ts';
import type { Fact, Subject, SubjectKind } from './subject.ts';

export interface WorldConfig {
  /** Decides who the people are, and every text that is told about the world. */
  readonly seed: Seed;
  /** `town` unless given; `hamlet` and `village` are for models that learn within minutes. */
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
  const subjects = [...makePeople(random, plan, things), ...things];
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

/** Somebody whom no text speaks of, in a world: see `makeGuest` of facts/people.ts. */
export function drawGuest(random: SeededRandom, { size, subjects }: World): Subject {
  return makeGuest(random, sizes[size], subjects);
}

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
