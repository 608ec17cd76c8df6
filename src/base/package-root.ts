import { existsSync } from 'node:fs';

/**
 * The folder of this package, ending in a slash: where `tools/`, `build/` and `package.json` lie.
 * It is looked for because a module stands deeper below it once compiled (`dist/src/…`).
 */
export function packageRoot(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder);
  return folder;
}
