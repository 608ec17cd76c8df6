export * from './atomic-file.ts';
export * from './errors.ts';
export * from './random.ts';
