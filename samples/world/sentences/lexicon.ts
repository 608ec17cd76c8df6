import {
  type Agreement,
  type Bilingual,
  type Noun,
  type NounCell,
  noun,
} from '../../grammar/index.ts';
import { places } from '../facts/places.data.ts';
import { type Row, readLines, readTable } from '../facts/table.ts';
import type { WorldSize } from '../size.ts';
import { type Cut, hamletCut, type TableName, tables } from './tables.ts';

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

const cached = new Map<WorldSize, Lexicon>();

/** The words that sentences of a world use: a hamlet has the first of each table only. */
export function lexicon(size: WorldSize): Lexicon {
  const known = cached.get(size) ?? readLexicon(size === 'hamlet' ? hamletCut : {});
  cached.set(size, known);
  return known;
}

/** The English object: pronouns change their form, names do not. */
export function objectForm(person: Person): string {
  return /^[我你他她]们?$/.test(person.zh) ? person.him : person.en;
}

function readLexicon(cut: Cut) {
  const lines = (name: TableName) =>
    readLines(tables[name])
      .slice(0, cut[name])
      .map(([head = '', ...items]) => [head, ...items.slice(0, cut.items)]);
  const cells = (name: TableName) => lines(name).map(([cell = '']) => cell);
  const nounCells = (name: TableName) => nouns(cells(name));
  return {
    persons: cells('persons').map(readPerson),
    actions: cells('actions').map(pair),
    outings: lines('outings').map(([at = '', ...rest]) => ({
      at: pair(at),
      items: rest.map(pair),
    })),
    shops: lines('shops').map(settingOfNouns),
    spots: lines('spots').map(settingOfNouns),
    scenes: readLines(tables.scenes).slice(0, cut.scenes).map(readScene),
    skills: cells('skills').map(pair),
    comparisons: lines('comparisons').map(readComparison),
    weathers: cells('weathers').map(readWeather),
    badWeathers: cells('weathers').map(readWeather).filter(isBad),
    indoors: cells('indoors').map(pair),
    chores: cells('chores').map(pair),
    pets: nounCells('pets'),
    towns: readTable(places).slice(0, cut.towns).map(readTown),
    presents: nounCells('presents'),
    requests: cells('requests').map(pair),
  };
}

/** Weather in which one stays at home. */
function isBad({ zh }: Weather): boolean {
  return zh !== '天晴';
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
