import { fillSentence, type Language, possessive, type Slots } from '../grammar/index.ts';
import type { Fact } from './subject.ts';

/** States a fact in the words of one of its relation's statements, `variant` from 0. */
export function tell(fact: Fact, language: Language, variant: number, withPronoun = false): string {
  const { statements } = fact.relation[language];
  const template = statements[variant % statements.length] as string;
  return fillSentence(language, template, factSlots(fact, language, withPronoun));
}

/** The slots of a relation's templates, see `relations/relation.ts`. */
export function factSlots(fact: Fact, language: Language, withPronoun = false): Slots {
  let slots = cache.get(fact);
  if (slots === undefined) {
    slots = new Map();
    cache.set(fact, slots);
  }
  const key = `${language}${withPronoun}`;
  const known = slots.get(key) ?? makeSlots(fact, language, withPronoun);
  slots.set(key, known);
  return known;
}

/** A fact has the same slots in every text, and is told often. */
const cache = new WeakMap<Fact, Map<string, Slots>>();

function makeSlots(fact: Fact, language: Language, withPronoun: boolean): Slots {
  const forms = fact.subject[language];
  return {
    ...fact.extra,
    ...fact.value[language],
    s: withPronoun ? forms.pronoun : forms.name,
    n: forms.name,
    ss: withPronoun ? forms.possessivePronoun : possessive(forms.name),
    his: forms.possessivePronoun,
    many: forms.many,
    bare: forms.bare,
    one: forms.one,
  };
}
