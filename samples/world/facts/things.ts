import { type Poem, tangPoems } from '../../poems/index.ts';
import {
  adjectiveRelations,
  countryRelations,
  festivalRelations,
  monthRelations,
  placeRelations,
  poemRelations,
  weekdayRelations,
} from '../relations/culture.data.ts';
import {
  animalRelations,
  fruitRelations,
  seasonRelations,
  thingRelations,
} from '../relations/nature.data.ts';
import { tradeRelations } from '../relations/people.data.ts';
import type { Relation } from '../relations/relation.ts';
import type { SizePlan } from '../size.ts';
import type { Subject, SubjectKind } from '../subject.ts';
import { makeSubject, type SubjectPlan } from './make-subject.ts';
import { animals, fruits, seasons, things } from './nature.data.ts';
import { trades } from './people.data.ts';
import { countries, festivals, months, opposites, places, weekdays } from './places.data.ts';
import { readLines, readTable, readWords } from './table.ts';

/** Everything but the people: the first subjects of each table, as many as `counts` says. */
export function makeThings(counts: SizePlan['things']): Subject[] {
  const plans = [
    ...tablePlans('place', places, placeRelations),
    ...tablePlans('animal', animals, animalRelations),
    ...tablePlans('trade', trades, tradeRelations),
    ...tablePlans('fruit', fruits, fruitRelations),
    ...tablePlans('festival', festivals, festivalRelations),
    ...tablePlans('season', seasons, seasonRelations),
    ...tablePlans('thing', things, thingRelations),
    ...tablePlans('country', countries, countryRelations),
    ...tangPoems().map(poemPlan),
    ...cyclePlans('weekday', weekdays, weekdayRelations),
    ...cyclePlans('month', months, monthRelations),
    ...oppositePlans(),
  ];
  const taken: Partial<Record<SubjectKind, number>> = {};
  const kept = plans.filter(({ kind }) => {
    const index = taken[kind] ?? 0;
    taken[kind] = index + 1;
    return index < (counts[kind] ?? Infinity);
  });
  return kept.map(makeSubject);
}

function tablePlans(
  kind: SubjectKind,
  table: string,
  relations: readonly Relation[],
): SubjectPlan[] {
  return readTable(table).map(({ name, cells }) => ({ kind, name, cells, relations }));
}

function cyclePlans(
  kind: SubjectKind,
  words: string,
  relations: readonly Relation[],
): SubjectPlan[] {
  const names = readWords(words);
  return names.map((name, i) => ({
    kind,
    name,
    cells: { next: names[(i + 1) % names.length] as string },
    relations,
  }));
}

function oppositePlans(): SubjectPlan[] {
  return readLines(opposites).flatMap(([one = '', other = '']) =>
    [
      [one, other],
      [other, one],
    ].map(([name = '', opposite = '']) => ({
      kind: 'adjective' as const,
      name,
      cells: { opposite },
      relations: adjectiveRelations,
    })),
  );
}

function poemPlan({ id, title, author, verses }: Poem): SubjectPlan {
  const [line = '', next = ''] = verses;
  return {
    kind: 'poem',
    id,
    name: `《${title.zh}》|"${title.en}"`,
    cells: {
      author: `${author.zh}|${author.en}`,
      opening: `${line}|${line}`,
      next: `${next}|${next}`,
    },
    relations: poemRelations,
    extra: { line },
  };
}
