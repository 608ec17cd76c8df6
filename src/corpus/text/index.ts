/** Characters, words and lines, as the filters and the signatures of the corpus count them. */
export { append, hashOfUnits, hashWord, mix } from './hash.ts';
export { type Line, terminalPunctuation } from './lines.ts';
export { statisticsOf, TextStatistics } from './statistics.ts';
