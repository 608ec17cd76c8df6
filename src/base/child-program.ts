import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * What Node is given to run a module of this package as a program of its own.
 *
 * @param module the module's address without its extension, which is that of the running code:
 *   `new URL('./parse-child', import.meta.url)`
 */
export function programArguments(module: URL): string[] {
  if (!import.meta.url.endsWith('.ts')) return [fileURLToPath(`${module}.js`)];
  // In a worker thread that the loader itself compiles there is no `import.meta.resolve`.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return ['--import', loader, fileURLToPath(`${module}.ts`)];
}
