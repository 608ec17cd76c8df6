import {
  type Agreement,
  type Bilingual,
  type Noun,
  type NounCell,
  noun,
} from '../../grammar/index.ts';
import { places } from '../facts/places.data.ts';
import { type Row, readLines, readTable } from '../facts/table.ts';
import * as data from './lexicon.data.ts';

/** Who acts in a sentence. */
export interface Person extends Bilingual {
  readonly agreement: Agreement;
  readonly his: string;
  readonly him: string;
}

/** A setting and what fits into it. */
export interface Setting<T> {
  readonly at: Bilingual;
  readonly items: readonly T[];
}

/** An animal or a person, where it is, and what it does. */
export interface Scene {
  readonly actor: Noun;
  readonly at: Bilingual;
  readonly action: Bilingual;
}

/** An adjective with its English comparative, and things that it fits. */
export interface Comparison {
  readonly adjective: Bilingual;
  readonly comparative: string;
  readonly items: readonly Noun[];
}

/** Weather as a clause: now, tomorrow, and in general. */
export interface Weather {
  readonly zh: string;
  readonly now: string;
  readonly tomorrow: string;
  readonly general: string;
}

/** The words of all sentence patterns, read once from the tables. */
export type Lexicon = ReturnType<typeof readLexicon>;

let cached: Lexicon | undefined;

export function lexicon(): Lexicon {
  cached ??= readLexicon();
  return cached;
}

/** The English object: pronouns change their form, names do not. */
export function objectForm(person: Person): string {
  return /^[我你他她]们?$/.test(person.zh) ? person.him : person.en;
}

function readLexicon() {
  return {
    persons: cells(data.persons).map(readPerson),
    actions: cells(data.actions).map(pair),
    outings: readLines(data.outings).map(([at = '', ...rest]) => ({
      at: pair(at),
      items: rest.map(pair),
    })),
    shops: readLines(data.shops).map(settingOfNouns),
    spots: readLines(data.spots).map(settingOfNouns),
    scenes: readLines(data.scenes).map(readScene),
    skills: cells(data.skills).map(pair),
    comparisons: readLines(data.comparisons).map(readComparison),
    weathers: cells(data.weathers).map(readWeather),
    badWeathers: cells(data.weathers).map(readWeather).slice(0, -1),
    indoors: cells(data.indoors).map(pair),
    chores: cells(data.chores).map(pair),
    pets: cells(data.pets).map((cell) => noun(cell as NounCell)),
    towns: readTable(places).map(readTown),
    presents: cells(data.presents).map((cell) => noun(cell as NounCell)),
    requests: cells(data.requests).map(pair),
  };
}

function cells(text: string): string[] {
  return readLines(text).map(([cell = '']) => cell);
}

function pair(cell: string): Bilingual {
  const [zh = '', en = ''] = cell.split('|');
  return { zh, en };
}

function nouns(list: readonly string[]): Noun[] {
  return list.map((cell) => noun(cell as NounCell));
}

function settingOfNouns([at = '', ...rest]: readonly string[]): Setting<Noun> {
  return { at: pair(at), items: nouns(rest) };
}

function readPerson(cell: string): Person {
  const [zh = '', en = '', agreement = '', his = '', him = ''] = cell.split('|');
  return { zh, en, agreement: agreement as Agreement, his, him };
}

function readScene([actor = '', at = '', action = '']: readonly string[]): Scene {
  return { actor: noun(actor as NounCell), at: pair(at), action: pair(action) };
}

function readComparison([head = '', ...items]: readonly string[]): Comparison {
  const [zh = '', en = '', comparative = ''] = head.split('|');
  return { adjective: { zh, en }, comparative, items: nouns(items) };
}

function readWeather(cell: string): Weather {
  const [zh = '', now = '', tomorrow = '', general = ''] = cell.split('|');
  return { zh, now, tomorrow, general };
}

function readTown({ name, cells: { sight = '' } }: Row): { name: Bilingual; sight: Bilingual } {
  return { name: pair(name), sight: pair(sight) };
}
