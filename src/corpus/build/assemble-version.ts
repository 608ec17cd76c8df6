/** The last step: from the files of all shards to a version in the store. */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { asFileError, writeFileAtomic } from '../../base/index.ts';
import { loadTokenizer } from '../../tokenizer/index.ts';
import { renderReport } from '../report/index.ts';
import type { CorpusStore } from '../version/corpus-store.ts';
import { versionMixture } from '../version/mixture.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { shardFiles } from '../version/version-files.ts';
import { versionId } from '../version/version-id.ts';
import { type VersionManifest, versionFormat } from '../version/version-manifest.ts';
import type { BuildConfig } from './build-config.ts';
import { cleanFiles } from './clean-output.ts';
import type { ShownCluster } from './clusters.ts';
import { clustersFile } from './deduplicate-shards.ts';
import { deduplicateFolder, type PlannedShard, signatureRevision } from './plan-tasks.ts';
import { type SourceSummary, summarizeSources } from './summarize.ts';
import { writtenFiles } from './write-shard.ts';

export interface Assembly {
  config: BuildConfig;
  store: CorpusStore;
  parents: readonly StoredVersion[];
  ancestors: readonly StoredVersion[];
  shards: readonly PlannedShard[];
  workFolder: string;
  /** Since the build began. */
  seconds: () => number;
}

/** @throws AthanorError when a document was lost on the way. */
export async function assembleVersion(assembly: Assembly): Promise<StoredVersion> {
  const { config, store, shards, workFolder } = assembly;
  const summaries = summarizeSources(config, shards);
  const clusters = readClusters(workFolder);
  const manifest = await manifestOf(assembly, summaries);
  const folder = join(workFolder, `.version.tmp-${randomUUID()}`);
  try {
    linkFiles(folder, shards);
  } catch (error) {
    throw asFileError(error, folder, 'write');
  }
  const tallies = Object.fromEntries(
    Object.entries(summaries).map(([name, { tally }]) => [name, tally]),
  );
  const statistics = { tallies, clusters };
  writeFileAtomic(join(folder, 'statistics.json'), JSON.stringify(statistics));
  writeFileAtomic(join(folder, 'report.html'), renderReport(manifest, statistics));
  const inputs = Object.fromEntries(
    Object.entries(config.sources).map(([name, { files, reader = {}, extraction = {} }]) => [
      name,
      { files, reader, extraction },
    ]),
  );
  const facts = { at: new Date().toISOString(), seconds: assembly.seconds(), inputs };
  return store.publish(folder, manifest, facts);
}

async function manifestOf(
  { config, parents, ancestors }: Assembly,
  summaries: Readonly<Record<string, SourceSummary>>,
): Promise<VersionManifest> {
  const { name, description, deduplicate, tokenizer, weights } = config;
  const sources = Object.fromEntries(
    Object.entries(summaries).map(([source, { manifest }]) => [source, manifest]),
  );
  const content: Omit<VersionManifest, 'id'> = {
    format: versionFormat,
    ...{ name, description, sources },
    deduplicate: { ...deduplicate, signatures: signatureRevision },
    parents: parents.map(({ manifest }) => ({ name: manifest.name, id: manifest.id })),
    ...(tokenizer !== undefined && { tokenizer: (await loadTokenizer(tokenizer)).hash }),
    mixture: versionMixture(ancestors, sources, weights),
  };
  return { ...content, id: versionId(content) };
}

/** The files stay in the work folder too, for the next build, and take no space for it. */
function linkFiles(folder: string, shards: readonly PlannedShard[]): void {
  const numbers = new Map<string, number>();
  for (const { source, cleanFolder, writeFolder } of shards) {
    const shard = numbers.get(source) ?? 0;
    numbers.set(source, shard + 1);
    const to = shardFiles(source, shard);
    const written = (name: string) => join(writeFolder, name);
    link(written(writtenFiles.documents), join(folder, to.documents));
    link(join(cleanFolder, cleanFiles.drops), join(folder, to.drops));
    link(written(writtenFiles.drops), join(folder, to.duplicates));
    link(written(writtenFiles.ids), join(folder, to.ids));
    link(written(`${writtenFiles.ids}.ends`), join(folder, to.idEnds));
    link(written(writtenFiles.signatures), join(folder, to.signatures));
  }
}

function link(from: string, to: string): void {
  fs.mkdirSync(dirname(to), { recursive: true });
  try {
    fs.linkSync(from, to);
  } catch {
    // Some file systems have no hard links.
    fs.copyFileSync(from, to);
  }
}

function readClusters(workFolder: string): ShownCluster[] {
  const path = join(deduplicateFolder(workFolder), clustersFile);
  return JSON.parse(fs.readFileSync(path, 'utf8')) as ShownCluster[];
}
