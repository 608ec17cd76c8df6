export * from './atomic-file.ts';
export * from './errors.ts';
export { EventFile } from './event-file.ts';
export { JsonLinesFile } from './json-lines.ts';
export { packageRoot } from './package-root.ts';
export { ProgressLine, type ProgressOptions } from './progress-line.ts';
export * from './random.ts';
export { openRunDirectory, RunDirectory } from './run-directory.ts';
export { startWorker } from './worker-thread.ts';
