import type { SeededRandom } from '../../../src/base/index.ts';
import { personRelations } from '../relations/people.data.ts';
import type { SizePlan } from '../size.ts';
import type { Subject } from '../subject.ts';
import { makeSubject, type SubjectPlan } from './make-subject.ts';
import { animals, seasons } from './nature.data.ts';
import { foods, givenNames, guests, hobbies, petNames, surnames, trades } from './people.data.ts';
import { months, places } from './places.data.ts';
import { readLines, readTable, readWords } from './table.ts';

/** A person's name and gender, before the facts. */
interface Name {
  readonly cell: string;
  readonly gender: 'male' | 'female';
}

/**
 * Makes the people of a world: their homes, trades and pets are among the things that the world has.
 * Two neighbours in the list are best friends, so their number is even.
 */
export function makePeople(
  random: SeededRandom,
  { numPeople, numPastimes }: SizePlan,
  things: readonly Subject[],
): Subject[] {
  const names = drawNames(random, numPeople);
  const choices = choicesOf(things, numPastimes);
  return names.map(({ cell, gender }, i): Subject => {
    const values = Object.entries(choices).map(
      ([name, list]) => [name, random.pick(list)] as const,
    );
    const friend = names[i ^ 1]?.cell ?? '';
    const plan: SubjectPlan = {
      kind: 'person',
      name: cell,
      gender,
      cells: { ...Object.fromEntries(values), friend },
      relations: personRelations,
    };
    return makeSubject(plan);
  });
}

/**
 * Somebody on a visit, whom no text of any world speaks of: with a home, a pet, a hobby and a dish
 * that the world knows.
 */
export function makeGuest(
  random: SeededRandom,
  { numPastimes }: SizePlan,
  things: readonly Subject[],
): Subject {
  const [name = '', gender = ''] = random.pick(readLines(guests));
  const { home, pet, hobby, food } = choicesOf(things, numPastimes);
  const values = Object.entries({ home, pet, hobby, food }).map(
    ([relation, list]) => [relation, random.pick(list)] as const,
  );
  const cells = Object.fromEntries(values);
  const plan = { kind: 'person', name, cells, relations: personRelations } as const;
  return makeSubject({ ...plan, gender: gender === 'male' ? 'male' : 'female' });
}

/** What can be said of people, by relation. */
function choicesOf(things: readonly Subject[], numPastimes?: number) {
  const known = new Set(things.map((thing) => thing.zh.bare));
  const isKnown = (cell: string) => known.has(zhOf(cell));
  const pastimes = (list: string) => firstCells(list).slice(0, numPastimes);
  return {
    home: cells(places).filter(isKnown),
    trade: cells(trades).filter(isKnown),
    pet: cells(animals).filter((cell) => petNames.includes(zhOf(cell)) && isKnown(cell)),
    hobby: pastimes(hobbies),
    food: pastimes(foods),
    season: cells(seasons),
    birthday: readWords(months),
  };
}

function firstCells(list: string): string[] {
  return readLines(list).map(([cell = '']) => cell);
}

function drawNames(random: SeededRandom, numPeople: number): Name[] {
  const all = readWords(surnames).flatMap((surname) =>
    (['male', 'female'] as const).flatMap((gender) =>
      readWords(givenNames[gender]).map((given) => ({ cell: join(surname, given), gender })),
    ),
  );
  return random.shuffle(all).slice(0, numPeople);
}

function join(surname: string, given: string): string {
  const [zh = '', en = ''] = surname.split('|');
  const [givenZh = '', givenEn = ''] = given.split('|');
  return `${zh}${givenZh}|${en} ${givenEn}`;
}

function cells(table: string): string[] {
  return readTable(table).map(({ name }) => name);
}

function zhOf(cell: string): string {
  return cell.slice(0, cell.indexOf('|'));
}
