import { gerund, type Language, plural, thirdPerson, withArticle } from '../../grammar/index.ts';
import type { SubjectForms, SubjectKind, ValueForms } from '../subject.ts';

/** The forms of a value cell: `中文|English` or `中文|English|measure word`. */
export function valueForms(cell: string): Record<Language, ValueForms> {
  const [zh = '', en = '', measure] = cell.split('|');
  const counted = measure === undefined ? zh : `一${measure}${zh}`;
  return {
    zh: { v: zh, av: counted, vs: zh, v3: zh, ving: zh },
    en: { v: en, av: withArticle(en), vs: plural(en), v3: thirdPerson(en), ving: gerund(en) },
  };
}

/** The forms of a subject cell, which depend on how English names that kind of subject. */
export function subjectForms(kind: SubjectKind, cell: string): Record<Language, SubjectForms> {
  const [zh = '', en = '', measure] = cell.split('|');
  const name = englishName(kind, en);
  // Kinds without a pronoun here are called by their name again.
  const pronoun = pronouns[kind];
  return {
    zh: {
      bare: zh,
      name: zh,
      one: measure === undefined ? zh : `一${measure}${zh}`,
      many: zh,
      pronoun: pronoun?.zh ?? zh,
      possessivePronoun: `${pronoun?.zh ?? zh}的`,
    },
    en: {
      bare: en.replace(/^the /, ''),
      name,
      one: withArticle(en),
      many: plural(en),
      pronoun: pronoun?.en ?? name,
      possessivePronoun: 'its',
    },
  };
}

const pronouns: Partial<Record<SubjectKind, { zh: string; en: string }>> = {
  animal: { zh: '它', en: 'it' },
  fruit: { zh: '它', en: 'it' },
  thing: { zh: '它', en: 'it' },
  place: { zh: '这座城市', en: 'the city' },
  country: { zh: '这个国家', en: 'the country' },
  festival: { zh: '这个节日', en: 'the festival' },
  poem: { zh: '这首诗', en: 'the poem' },
};

function englishName(kind: SubjectKind, en: string): string {
  if (kind === 'animal' || kind === 'fruit') return `the ${en}`;
  return kind === 'trade' || kind === 'thing' ? withArticle(en) : en;
}
