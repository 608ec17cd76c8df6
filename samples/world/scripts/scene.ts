import type { SeededRandom } from '../../../src/base/index.ts';
import { type Poem, tangPoems } from '../../poems/index.ts';
import { factOf, type Subject } from '../subject.ts';
import type { World } from '../world.ts';
import { addDay, addDetails } from './day.ts';
import { addRole, addSlot, type SlotPair } from './roles.ts';
import { animalRoles, portableThings, solemnFestival, treeFruits } from './scenery.data.ts';

/** The slots of a script, and the subjects that they speak of. */
export interface Scene {
  readonly slots: SlotPair;
  readonly subjects: readonly Subject[];
}

/**
 * Draws everything that scripts may speak of. Subjects have the slots of `roleSlots`:
 *
 * - `{a}` somebody, `{b}` the best friend, `{c}` a stranger; `{craft}` the trade of `{a}`, `{pet}` the
 *   animal, `{home}` the town; `{town}` another town
 * - animals: `{x}` and `{y}` walk, `{z}` is small, `{w}` lives in zoos
 * - `{thing}`, `{festival}`, `{fruit}`, and `{poem}` with `{poemline}` and `{poemnext}`
 *
 * The others are plain: `{date}`, `{season}`, `{sky}`, `{sky2}`, `{low}`, `{high}`, `{advice}`,
 * `{wind}`, `{weather}`, `{spot}`, `{ofood}`, `{hour}`, `{left}`, and the numbers `{n}`, `{few}`, `{n1}`
 * above `{n2}`, `{price}`, `{minutes}`.
 */
export function drawScene(random: SeededRandom, world: World): Scene {
  const slots: SlotPair = { zh: {}, en: {} };
  const roles = {
    ...drawPeople(random, world),
    ...drawAnimals(random, world),
    ...drawThings(random, world),
  };
  for (const [role, subject] of Object.entries(roles)) addRole(slots, role, subject);
  const [line = '', next = ''] = poemOf(roles.poem)?.sentences ?? [];
  addSlot(slots, 'poemline', line, line);
  addSlot(slots, 'poemnext', next, next);
  addDay(slots, random, roles.town);
  addDetails(slots, random);
  return { slots, subjects: Object.values(roles) };
}

/** The poem that a subject of that kind stands for. */
export function poemOf(subject: Subject): Poem | undefined {
  cachedPoems ??= new Map(tangPoems().map((poem) => [`poem/${poem.id}`, poem]));
  return cachedPoems.get(subject.id);
}

let cachedPoems: ReadonlyMap<string, Poem> | undefined;

function drawPeople(random: SeededRandom, world: World) {
  const { person, place } = world.byKind;
  const a = random.pick(person);
  const b = subjectOf(world, a, 'friend');
  const c = pickOther(random, person, (other) => other !== a && other !== b);
  const home = subjectOf(world, a, 'home');
  const town = pickOther(random, place, (other) => other !== home && !!factOf(other, 'dish'));
  const craft = subjectOf(world, a, 'trade');
  return { a, b, c, craft, pet: subjectOf(world, a, 'pet'), home, town };
}

function drawAnimals(random: SeededRandom, { byKind }: World) {
  const from = (names: ReadonlySet<string>, but?: Subject) =>
    pickOther(random, byKind.animal, (one) => names.has(one.zh.bare) && one !== but);
  const x = from(animalRoles.walkers);
  const y = from(animalRoles.walkers, x);
  return { x, y, z: from(animalRoles.small), w: from(animalRoles.zoo) };
}

function drawThings(random: SeededRandom, { byKind }: World) {
  return {
    thing: pickOther(random, byKind.thing, ({ zh }) => portableThings.has(zh.bare)),
    festival: pickOther(random, byKind.festival, ({ zh }) => zh.bare !== solemnFestival),
    fruit: pickOther(random, byKind.fruit, ({ zh }) => treeFruits.has(zh.bare)),
    poem: random.pick(byKind.poem),
  };
}

/** Draws until a subject will do; in every world some do. */
function pickOther(
  random: SeededRandom,
  subjects: readonly Subject[],
  willDo: (subject: Subject) => boolean,
): Subject {
  for (;;) {
    const subject = random.pick(subjects);
    if (willDo(subject)) return subject;
  }
}

/** The subject that is the value of a fact about a person; people live among what the world has. */
function subjectOf(world: World, person: Subject, relation: string): Subject {
  const name = factOf(person, relation)?.value.zh.v ?? '';
  return world.byName.get(name) as Subject;
}
