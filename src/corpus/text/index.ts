/** Characters, words and lines, as the filters and the signatures of the corpus count them. */
export { append, hashWord, mix } from './hash.ts';
export { statisticsOf, type TextStatistics } from './statistics.ts';
