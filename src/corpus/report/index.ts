import type { VersionManifest } from '../version/version-manifest.ts';
export function renderReport(manifest: VersionManifest, _: unknown): string {
  return manifest.id;
}
