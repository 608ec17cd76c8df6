/** How versions are called. */
import { ConfigError } from '../../base/index.ts';
import type { StoredVersion } from './read-version.ts';

/** Digits of an id that stand in the name of a folder. */
const idLength = 12;

/** `classics-3fa94c1b2d04` */
export function folderName({ name, id }: { name: string; id: string }): string {
  return `${name}-${id.slice(0, idLength)}`;
}

export function unknownVersion(
  got: string,
  store: string,
  versions: readonly StoredVersion[],
): ConfigError {
  const names = versions.slice(0, 10).map(({ manifest }) => folderName(manifest));
  const known = names.length === 0 ? 'no version' : names.join(', ');
  return new ConfigError({
    what: 'the version',
    must: `be one of those in ${store}, which holds ${known}`,
    got: JSON.stringify(got.slice(0, 100)),
    hint: 'athanor corpus list shows them; athanor corpus build <recipe> makes one',
  });
}
