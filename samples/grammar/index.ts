export * from './bilingual.ts';
export * from './noun.ts';
export * from './numbers.ts';
export * from './polite-frames.ts';
export * from './template.ts';
export * from './verb.ts';
