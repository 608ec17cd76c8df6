import type { Bilingual } from '../grammar/index.ts';
import { authorNames } from './authors.data.ts';
import { fiveCharacterRegulated, oldStyle, sevenCharacterRegulated } from './longer-poems.data.ts';
import { fiveCharacterQuatrains, sevenCharacterQuatrains } from './quatrains.data.ts';

/** A poem as it stands in the tables. */
export interface PoemRow {
  readonly title: string;
  /** The title in our own English; no two poems share it. */
  readonly english: string;
  readonly author: string;
  readonly text: string;
}

/** A Tang poem in simplified characters. All of them are in the public domain. */
export interface Poem {
  /** The English title in lower case and hyphens: `spring-dawn`. */
  readonly id: string;
  readonly title: Bilingual;
  readonly author: Bilingual;
  readonly form: Bilingual;
  /** The whole text on one line. */
  readonly text: string;
  /** Sentences, each with its final mark: `春眠不觉晓，处处闻啼鸟。` */
  readonly sentences: readonly string[];
  /** What stands between two marks, without them: `春眠不觉晓`. */
  readonly verses: readonly string[];
}

/** All poems, in the order of the tables; 春晓 is the first. */
export function tangPoems(): readonly Poem[] {
  return forms.flatMap(({ form, rows }) => rows.map((row) => toPoem(row, form)));
}

const forms: readonly { form: Bilingual; rows: readonly PoemRow[] }[] = [
  { form: { zh: '五言绝句', en: 'five-character quatrain' }, rows: fiveCharacterQuatrains },
  { form: { zh: '七言绝句', en: 'seven-character quatrain' }, rows: sevenCharacterQuatrains },
  { form: { zh: '五言律诗', en: 'five-character regulated verse' }, rows: fiveCharacterRegulated },
  {
    form: { zh: '七言律诗', en: 'seven-character regulated verse' },
    rows: sevenCharacterRegulated,
  },
  { form: { zh: '古体诗', en: 'old-style poem' }, rows: oldStyle },
];

function toPoem({ title, english, author, text }: PoemRow, form: Bilingual): Poem {
  return {
    id: english
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .replace(/-$/, ''),
    title: { zh: title, en: english },
    author: { zh: author, en: authorNames[author] ?? '' },
    form,
    text,
    sentences: text.match(/[^。？！]+[。？！]/g) ?? [],
    verses: text.split(/[，。？！]/).filter((verse) => verse !== ''),
  };
}
