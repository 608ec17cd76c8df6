export * from './atomic-file.ts';
export * from './errors.ts';
export { packageRoot } from './package-root.ts';
export * from './random.ts';
