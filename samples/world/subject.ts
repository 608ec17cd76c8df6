import type { Language } from '../grammar/index.ts';
import type { Relation } from './relations/relation.ts';

/** What a subject is, which decides what can be known about it. */
export type SubjectKind =
  | 'person'
  | 'place'
  | 'animal'
  | 'trade'
  | 'fruit'
  | 'festival'
  | 'season'
  | 'thing'
  | 'country'
  | 'poem'
  | 'weekday'
  | 'month'
  | 'adjective';

/** How texts in one language speak of a subject. */
export interface SubjectForms {
  /** As a heading and in lists: `猫`, `cat`. */
  readonly bare: string;
  /** Inside a sentence: `猫`, `the cat`. */
  readonly name: string;
  /** One of its kind: `一只猫`, `a cat`. */
  readonly one: string;
  /** All of its kind: `猫`, `cats`. */
  readonly many: string;
  readonly pronoun: string;
  readonly possessivePronoun: string;
}

/** Somebody or something that the world knows facts about. */
export interface Subject extends Readonly<Record<Language, SubjectForms>> {
  /** Unique in a world: `animal/cat`, `person/li-ming`. */
  readonly id: string;
  readonly kind: SubjectKind;
  readonly facts: readonly Fact[];
  /** Of people only; stories choose their pronouns by it. */
  readonly gender?: 'male' | 'female';
}

/** One thing that is true in a world and can be asked about. */
export interface Fact {
  /** Subject and relation: `animal/cat/eats`. */
  readonly id: string;
  readonly subject: Subject;
  readonly relation: Relation;
  readonly value: Readonly<Record<Language, ValueForms>>;
  /** Further slots of its relation's templates. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The forms of a value that templates may want; see the slots in `relations/relation.ts`. */
export interface ValueForms {
  readonly v: string;
  readonly av: string;
  readonly vs: string;
  readonly v3: string;
  readonly ving: string;
}

/** What is known of a subject under one relation, if anything. */
export function factOf(subject: Subject, relation: string): Fact | undefined {
  return subject.facts.find((fact) => fact.relation.name === relation);
}
