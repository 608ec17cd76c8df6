import { countZh, numberEn } from './numbers.ts';

/** A thing that can be counted in both languages. */
export interface Noun {
  readonly zh: string;
  /** Singular, without an article. */
  readonly en: string;
  /** The Chinese measure word: 只 for cats, 本 for books. */
  readonly measure: string;
}

/** A countable noun in one cell of a data table: `'猫|cat|只'`. */
export type NounCell = `${string}|${string}|${string}`;

export function noun(cell: NounCell): Noun {
  const [zh = '', en = '', measure = ''] = cell.split('|');
  return { zh, en, measure };
}

/** `a cat`, `an umbrella`, `a university`, `an hour`. */
export function withArticle(en: string): string {
  return `${startsWithVowelSound(en) ? 'an' : 'a'} ${en}`;
}

/** The plural of an English noun or noun phrase; the head is the last word, or stands before ` of `. */
export function plural(en: string): string {
  const of = en.indexOf(' of ');
  const head = of < 0 ? en : en.slice(0, of);
  const cut = head.lastIndexOf(' ') + 1;
  return head.slice(0, cut) + pluralWord(head.slice(cut)) + (of < 0 ? '' : en.slice(of));
}

/** `one cat`, `three cats`. */
export function countedEn(count: number, { en }: Noun): string {
  return `${numberEn(count)} ${count === 1 ? en : plural(en)}`;
}

/** `一只猫`, `两只猫`. */
export function countedZh(count: number, { zh, measure }: Noun): string {
  return `${countZh(count)}${measure}${zh}`;
}

/** `Li Ming's`, `the boys'`. */
export function possessive(en: string): string {
  return en.endsWith('s') ? `${en}'` : `${en}'s`;
}

const irregularPlurals: Record<string, string> = {
  child: 'children',
  fisherman: 'fishermen',
  fish: 'fish',
  firefighter: 'firefighters',
  foot: 'feet',
  goldfish: 'goldfish',
  goose: 'geese',
  knife: 'knives',
  leaf: 'leaves',
  loaf: 'loaves',
  man: 'men',
  mango: 'mangoes',
  mouse: 'mice',
  person: 'people',
  postman: 'postmen',
  potato: 'potatoes',
  sheep: 'sheep',
  deer: 'deer',
  scissors: 'scissors',
  shelf: 'shelves',
  tomato: 'tomatoes',
  wolf: 'wolves',
  woman: 'women',
};

function pluralWord(word: string): string {
  const irregular = irregularPlurals[word];
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function startsWithVowelSound(en: string): boolean {
  // Words whose first letter misleads: a university, a one-way street; an hour.
  if (/^(?:uni|use|one\b|euro)/i.test(en)) return false;
  return /^(?:[aeiou]|hour|honest)/i.test(en);
}
