import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file of real data that others made, which does not belong to the project and may not be here:
 * `shared/data/` beside the checkout or up to two folders above. Tests that need one have
 * `shared-data` in their names and are skipped without it.
 */
export function sharedData(name: string): string | undefined {
  const folders = ['..', '../..', '../../..'];
  const paths = folders.map((up) =>
    fileURLToPath(new URL(`${up}/shared/data/${name}`, import.meta.url)),
  );
  return paths.find((path) => existsSync(path));
}
