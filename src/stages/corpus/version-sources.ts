/** Sources that become a version, and versions that become sources. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { ProgressOptions, TextGenerator } from '../../base/index.ts';
import {
  buildVersion,
  CorpusStore,
  documentFilesOf,
  lineOf,
  type SourceManifest,
  type StoredVersion,
  verifyFiles,
} from '../../corpus/index.ts';
import { buildConfig, cleanedSources, generatedSet, generatedSource } from './build-config.ts';
import { type CorpusConfig, defaultStore } from './config.ts';
import { writeGenerated } from './generated.ts';
import { ModelScorer } from './model-scorer.ts';

/** What building a version takes beside its config. */
export interface VersionContext {
  /** Of the version: that of its recipe. */
  name: string;
  description: string;
  progress: ProgressOptions;
  stop: { readonly isRequested: boolean };
  generators: Readonly<Record<string, TextGenerator>>;
}

/** Whether a version belongs to the corpus. */
export function hasVersion(config: CorpusConfig): boolean {
  return config.version !== undefined || cleanedSources(config).length > 0;
}

/** The version that the corpus names, or the one that is built of its cleaned sources. */
export async function prepareVersion(
  config: CorpusConfig,
  context: VersionContext,
): Promise<StoredVersion | undefined> {
  const store = config.store ?? defaultStore;
  if (config.version !== undefined) return new CorpusStore(store).find(config.version);
  const folder = join(store, '.work', context.name);
  const { progress, stop } = context;
  using scorer = config.scoreWith === undefined ? undefined : new ModelScorer(config.scoreWith);
  await scorer?.identify();
  return buildVersion(buildConfig(config, context, { folder, scorer }), {
    ...{ store, progress, stop },
    ...(config.numWorkers !== undefined && { numWorkers: config.numWorkers }),
    prepare: () => writeAllGenerated(config, folder, context.generators),
  });
}

/** Texts and pages of sources and evaluation sets that are not files yet. */
async function writeAllGenerated(
  config: CorpusConfig,
  folder: string,
  generators: VersionContext['generators'],
): Promise<void> {
  for (const [name, source] of cleanedSources(config)) {
    if (source.generator === undefined) continue;
    await writeGenerated(
      generatedSource(folder, name),
      `corpus.sources.${name}`,
      source,
      generators,
    );
  }
  for (const [name, set] of Object.entries(config.evaluationSets ?? {})) {
    if (set.generator === undefined) continue;
    const what = `corpus.evaluationSets.${name}`;
    await writeGenerated(generatedSet(folder, name), what, set, generators);
  }
}

/**
 * The files of a version and all that it stands on, with the hashes that its manifest has.
 * @throws FileError when one of them is not as it was written
 */
export async function sourcesOfVersion(
  version: StoredVersion,
  config: CorpusConfig,
): Promise<Record<string, SourceManifest>> {
  const line = lineOf(version, new CorpusStore(config.store ?? defaultStore));
  for (const holder of line) await verifyFiles(holder, ['documents']);
  const names = Object.keys(version.manifest.mixture);
  const entries = names.map((name): [string, SourceManifest] => {
    const holders = line.filter(({ manifest }) => Object.hasOwn(manifest.sources, name));
    // The store is named from where the program runs, a manifest from where it lies.
    const train = holders
      .flatMap((holder) => documentFilesOf(holder)[name] ?? [])
      .map((file) => resolve(file));
    const sources = holders.flatMap(({ manifest }) => manifest.sources[name] ?? []);
    const files = sources.flatMap((source) => source.files);
    const hash = createHash('sha256');
    for (const { contentSha256 } of files) hash.update(contentSha256);
    const weight = config.weights?.[name] ?? version.manifest.mixture[name]?.weight ?? 1;
    const manifest: SourceManifest = {
      ...{ train, validation: [], heldOut: sources.at(-1)?.heldOut ?? 0, weight },
      sizeBytes: files.reduce((sum, file) => sum + file.textBytes, 0),
      sha256: hash.digest('hex'),
    };
    return [name, manifest];
  });
  // A source with weight zero is not read at all.
  return Object.fromEntries(entries.filter(([, { weight }]) => weight > 0));
}
