export * from './sum.ts';
export * from './word-problem.ts';
