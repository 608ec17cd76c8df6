import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread with a module of this package.
 *
 * @param module the module's address without its extension, which is that of the running code:
 *   `new URL('./count-worker', import.meta.url)`
 * @param workerData what the module finds under that name
 */
export function startWorker(
  module: URL,
  workerData: unknown,
  limits: Pick<WorkerOptions, 'resourceLimits' | 'transferList'> = {},
): Worker {
  const options = { ...limits, workerData };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${module}.js`), options);
  // From source, as in tests, a thread must load TypeScript itself: it has none of its parent's loaders.
  const entry = JSON.stringify(`${module}.ts`);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { tsImport } from ${loader}; await tsImport(${entry}, ${entry});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}
