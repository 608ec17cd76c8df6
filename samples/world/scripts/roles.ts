import { type Language, languages, type SlotGroup } from '../../grammar/index.ts';
import type { Subject } from '../subject.ts';

/**
 * The slots of a subject in a script, for a subject `{a}`: `{a}` is its name, `{a.bare}`, `{a.one}` and
 * `{a.many}` its other forms, `{a.he}`, `{a.his}` and `{a.him}` its pronouns. What is known of it goes
 * by the name of the relation: `{a.home}`, `{a.trade}`, and with its forms `{a.trade-one}`,
 * `{a.class-many}`, `{a.hobby-ing}`.
 */
export function roleSlots(subject: Subject): Readonly<Record<Language, SlotGroup>> {
  let slots = cache.get(subject);
  if (slots === undefined) {
    slots = { zh: groupOf(subject, 'zh'), en: groupOf(subject, 'en') };
    cache.set(subject, slots);
  }
  return slots;
}

/** A subject has the same slots in every script, and there are many scripts. */
const cache = new WeakMap<Subject, Readonly<Record<Language, SlotGroup>>>();

function groupOf(subject: Subject, language: Language): SlotGroup {
  const { name, bare, one, many, pronoun, possessivePronoun } = subject[language];
  const group: Record<string, string> = { name, bare, one, many };
  group.he = pronoun;
  group.his = possessivePronoun;
  group.him = language === 'zh' ? pronoun : (objectPronouns[pronoun] ?? pronoun);
  for (const fact of subject.facts) {
    const { v, av, vs, ving } = fact.value[language];
    const relation = fact.relation.name;
    group[relation] = v;
    group[`${relation}-one`] = av;
    group[`${relation}-many`] = vs;
    group[`${relation}-ing`] = ving;
  }
  return group;
}

const objectPronouns: Readonly<Record<string, string>> = { he: 'him', she: 'her' };

/** Slots of both languages while they are gathered. */
export type SlotPair = Record<Language, Record<string, string | SlotGroup>>;

/** Adds a subject under the name of its role. */
export function addRole(slots: SlotPair, role: string, subject: Subject): void {
  const own = roleSlots(subject);
  for (const language of languages) slots[language][role] = own[language];
}

/** Adds one slot in both languages. */
export function addSlot(slots: SlotPair, name: string, zh: string, en: string): void {
  slots.zh[name] = zh;
  slots.en[name] = en;
}
