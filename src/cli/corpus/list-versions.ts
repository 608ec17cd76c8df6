/** The table of all versions. */
import { folderName, type StoreContent, type StoredVersion } from '../../corpus/index.ts';
import { formatAge } from '../runs/list-runs.ts';
import { formatBytes, formatCount, formatTable } from '../table.ts';

const header = ['version', 'stands on', 'sources', 'documents', 'text', 'kept', 'built'];

/** @param now for how long ago a version was built, in milliseconds */
export function formatVersions({ versions, damaged }: StoreContent, now: number): string {
  if (versions.length === 0 && damaged.length === 0) {
    return 'no versions yet; athanor corpus build <recipe> makes one';
  }
  return [
    formatTable([header, ...versions.map((version) => rowOf(version, now))], 3),
    ...damaged.map(({ name, problem }) => `damaged: ${name}: ${problem}`),
  ].join('\n');
}

/** Of what is new in a version. */
export function totalOf({ manifest }: StoredVersion) {
  const total = { numRead: 0, numDocuments: 0, textBytes: 0 };
  for (const { numRead, numDocuments, textBytes } of Object.values(manifest.sources)) {
    total.numRead += numRead;
    total.numDocuments += numDocuments;
    total.textBytes += textBytes;
  }
  return total;
}

export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function rowOf(version: StoredVersion, now: number): string[] {
  const { manifest, facts } = version;
  const { numRead, numDocuments, textBytes } = totalOf(version);
  const parents = manifest.parents.map((parent) => folderName(parent).slice(0, -4));
  return [
    ...[folderName(manifest), parents.join(', ') || '–', Object.keys(manifest.sources).join(', ')],
    ...[formatCount(numDocuments), formatBytes(textBytes), formatShare(numDocuments, numRead)],
    formatAge(facts.at, now),
  ];
}
