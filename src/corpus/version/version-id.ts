import { createHash } from 'node:crypto';
import type { VersionManifest } from './version-manifest.ts';

/** The id of a version: equal content has an equal id, at every time and on every machine. */
export function versionId(manifest: Omit<VersionManifest, 'id'>): string {
  const { name: _, description: __, sources, ...content } = manifest;
  const entries = Object.entries(sources).map(([source, { files, ...facts }]) => {
    const contents = files.map(({ path, contentSha256 }) => ({ path, contentSha256 }));
    return [source, { ...facts, files: contents }];
  });
  return hashOf({ ...content, id: undefined, sources: Object.fromEntries(entries) });
}

/** SHA-256 of JSON data, in which the order of fields means nothing. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortFields)).digest('hex');
}

function sortFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
