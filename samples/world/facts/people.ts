import type { SeededRandom } from '../../../src/base/index.ts';
import { personRelations } from '../relations/people.data.ts';
import type { Subject } from '../subject.ts';
import { makeSubject, type SubjectPlan } from './make-subject.ts';
import { animals, seasons } from './nature.data.ts';
import { foods, givenNames, hobbies, petNames, surnames, trades } from './people.data.ts';
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
export function makePeople(random: SeededRandom, numPeople: number, things: readonly Subject[]) {
  const names = drawNames(random, numPeople);
  const known = new Set(things.map((thing) => thing.zh.bare));
  const choices = {
    home: cells(places).filter((cell) => known.has(zhOf(cell))),
    trade: cells(trades).filter((cell) => known.has(zhOf(cell))),
    pet: cells(animals).filter((cell) => petNames.includes(zhOf(cell)) && known.has(zhOf(cell))),
    hobby: readLines(hobbies).map(([cell = '']) => cell),
    food: readLines(foods).map(([cell = '']) => cell),
    season: cells(seasons),
    birthday: readWords(months),
  };
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
