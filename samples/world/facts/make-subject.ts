import type { Relation } from '../relations/relation.ts';
import type { Fact, Subject, SubjectKind } from '../subject.ts';
import { subjectForms, valueForms } from './forms.ts';

/** What is needed to make a subject and its facts. */
export interface SubjectPlan {
  readonly kind: SubjectKind;
  /** The last part of the id, where the English name does not serve. */
  readonly id?: string;
  readonly name: string;
  /** Values by relation name. */
  readonly cells: Readonly<Record<string, string>>;
  readonly relations: readonly Relation[];
  readonly gender?: 'male' | 'female';
  readonly extra?: Readonly<Record<string, string>>;
}

/** A subject with one fact for each relation that its plan has a value for. */
export function makeSubject(plan: SubjectPlan): Subject {
  const forms = subjectForms(plan.kind, plan.name);
  const facts: Fact[] = [];
  const subject: Subject = {
    id: `${plan.kind}/${plan.id ?? slug(forms.en.bare)}`,
    kind: plan.kind,
    ...(plan.gender === undefined ? forms : withGender(forms, plan.gender)),
    ...(plan.gender && { gender: plan.gender }),
    facts,
  };
  for (const relation of plan.relations) {
    const cell = plan.cells[relation.name];
    if (cell === undefined) continue;
    const id = `${subject.id}/${relation.name}`;
    facts.push({
      id,
      subject,
      relation,
      value: valueForms(cell),
      ...(plan.extra && { extra: plan.extra }),
    });
  }
  return subject;
}

function withGender(
  { zh, en }: ReturnType<typeof subjectForms>,
  gender: 'male' | 'female',
): ReturnType<typeof subjectForms> {
  const he = gender === 'male';
  return {
    zh: { ...zh, pronoun: he ? '他' : '她', possessivePronoun: he ? '他的' : '她的' },
    en: { ...en, pronoun: he ? 'he' : 'she', possessivePronoun: he ? 'his' : 'her' },
  };
}

function slug(en: string): string {
  return en
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z]+/g, '-');
}
