/**
 * The corpus that comes with Athanor: Tang poems, a small bilingual world told in any amount, and a
 * dirty crawl of it. Everything is a pure function of seeds and indices.
 */
export * from './crawl/index.ts';
export { type Bilingual, type Language, languages } from './grammar/index.ts';
export * from './instructions/index.ts';
export * from './poems/index.ts';
export * from './raters/index.ts';
export * from './world/index.ts';
