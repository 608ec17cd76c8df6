/** The versions that others stand on. */
import type { CorpusStore } from './corpus-store.ts';
import type { StoredVersion } from './read-version.ts';

/**
 * The parents with all their own parents, each once, and none before a version that it stands on.
 * A version cannot be its own ancestor, for its id is a hash of theirs.
 *
 * @throws ConfigError, FileError for one that the store does not hold any more
 */
export function ancestorsOf(
  parents: readonly StoredVersion[],
  store: CorpusStore,
): StoredVersion[] {
  const found = new Map<string, StoredVersion>();
  const visit = (version: StoredVersion) => {
    const { id, parents: own } = version.manifest;
    if (found.has(id)) return;
    for (const parent of own) visit(store.find(parent.id));
    found.set(id, version);
  };
  for (const parent of parents) visit(parent);
  return [...found.values()];
}

/** A version behind all that it stands on: together they are what it holds. */
export function lineOf(version: StoredVersion, store: CorpusStore): StoredVersion[] {
  return ancestorsOf([version], store);
}
