/** Small corpora in folders of their own, for tests. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { duplicateDefaults } from '../../deduplicate/index.ts';
import type { BuildConfig, BuildOptions, BuildSource } from '../build-config.ts';

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-corpus-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files of JSON lines; returns their folder. */
export function writeJsonLines(
  folder: string,
  files: Readonly<Record<string, readonly object[]>>,
): string {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, values] of Object.entries(files)) {
    fs.writeFileSync(join(folder, name), values.map((v) => `${JSON.stringify(v)}\n`).join(''));
  }
  return folder;
}

export function sourceOf(folder: string, changes: Partial<BuildSource> = {}): BuildSource {
  const reader = { format: 'json-lines' } as const;
  return { files: [folder], reader, clean: {}, weight: 1, heldOut: 0, ...changes };
}

export function configOf(
  sources: BuildConfig['sources'],
  changes: Partial<BuildConfig> = {},
): BuildConfig {
  const fixed = {
    name: 'small',
    description: 'for a test',
    parents: [],
    deduplicate: duplicateDefaults,
  };
  return { ...fixed, sources, ...changes };
}

/** In this thread, without a word. */
export function optionsOf(store: string, changes: Partial<BuildOptions> = {}): BuildOptions {
  const progress = { stream: { write: () => true } };
  return { store, numWorkers: 1, progress, stop: { isRequested: false }, ...changes };
}

/** File → SHA-256 of everything in a folder but the times of a build. */
export function contentsOf(folder: string): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'built.json');
  const hashes = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('sha256').update(fs.readFileSync(path)).digest('hex');
    return [relative(folder, path), hash];
  });
  return Object.fromEntries(hashes.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
