import * as data from './lexicon.data.ts';

/** The tables of words, by name. */
export const tables = {
  persons: data.persons,
  actions: data.actions,
  outings: data.outings,
  shops: data.shops,
  spots: data.spots,
  scenes: data.scenes,
  skills: data.skills,
  comparisons: data.comparisons,
  weathers: data.weathers,
  indoors: data.indoors,
  chores: data.chores,
  pets: data.pets,
  presents: data.presents,
  requests: data.requests,
};

export type TableName = keyof typeof tables;

/** How many lines of each table are read, and of a line how many items. */
export type Cut = Readonly<Partial<Record<TableName | 'towns' | 'items', number>>>;

export const hamletCut: Cut = {
  ...{ persons: 8, actions: 8, outings: 4, shops: 3, spots: 4, scenes: 6, skills: 5 },
  ...{ comparisons: 4, weathers: 5, indoors: 5, chores: 10, pets: 3, presents: 5, requests: 6 },
  ...{ towns: 4, items: 3 },
};
