/** What a version stands on. */
import { type CorpusStore, folderName, type StoredVersion } from '../../corpus/index.ts';
import { formatBytes, formatCount } from '../table.ts';
import { totalOf } from './list-versions.ts';

export interface Lineage {
  version: string;
  id: string;
  builtAt: string;
  sources: readonly string[];
  /** New in this version. */
  numDocuments: number;
  textBytes: number;
  parents: readonly Lineage[];
}

/** @throws ConfigError for a parent that the store does not hold any more. */
export function lineageOf(version: StoredVersion, store: CorpusStore): Lineage {
  const { manifest, facts } = version;
  const { numDocuments, textBytes } = totalOf(version);
  return {
    ...{ version: folderName(manifest), id: manifest.id, builtAt: facts.at },
    ...{ sources: Object.keys(manifest.sources), numDocuments, textBytes },
    parents: manifest.parents.map(({ id }) => lineageOf(store.find(id), store)),
  };
}

/** A tree, the version itself at the top. */
export function formatLineage(lineage: Lineage, indent = ''): string {
  const { version, sources, numDocuments, textBytes, parents } = lineage;
  const what = `${formatCount(numDocuments)} new documents, ${formatBytes(textBytes)}`;
  const own = `${version}  ${sources.join(', ')}: ${what}`;
  const below = parents.map((parent, i) => {
    const isLast = i === parents.length - 1;
    const tree = formatLineage(parent, `${indent}${isLast ? '   ' : '│  '}`);
    return `${indent}${isLast ? '└─ ' : '├─ '}${tree}`;
  });
  return [own, ...below].join('\n');
}
