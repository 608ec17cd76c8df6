/** The last step: from the files of all shards to a version in the store. */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { asFileError, makeFolder, writeFileAtomic } from '../../base/index.ts';
import { renderReport } from '../report/index.ts';
import type { CorpusStore } from '../version/corpus-store.ts';
import { versionMixture } from '../version/mixture.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { repeatedLinesName } from '../version/repeated-lines-file.ts';
import { shardFiles } from '../version/version-files.ts';
import { versionId } from '../version/version-id.ts';
import { type VersionManifest, versionFormat } from '../version/version-manifest.ts';
import { type Plan, signatureRevision } from './build-plan.ts';
import { cleanFiles } from './clean-output.ts';
import type { ShownCluster } from './clusters.ts';
import { clustersFile } from './deduplicate-shards.ts';
import { repeatedFile } from './repeated-lines.ts';
import { deduplicateFolder, repeatedFolder } from './shard-folders.ts';
import { outputsOf } from './step.ts';
import { type SourceSummary, summarizeSources } from './summarize.ts';
import { writtenFiles } from './write-shard.ts';

export interface Assembly extends Plan {
  store: CorpusStore;
  parents: readonly StoredVersion[];
  /** Since the build began. */
  seconds: () => number;
}

/** @throws AthanorError when a document was lost on the way. */
export async function assembleVersion(assembly: Assembly): Promise<StoredVersion> {
  const { config, store, shards, workFolder } = assembly;
  const summaries = summarizeSources(config, shards);
  const clusters = readClusters(workFolder);
  const manifest = manifestOf(assembly, summaries);
  const folder = join(workFolder, `.version.tmp-${randomUUID()}`);
  try {
    linkFiles(folder, assembly);
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

function manifestOf(
  { config, parents, ancestors, workFolder, evaluation, tokenizerHash }: Assembly,
  summaries: Readonly<Record<string, SourceSummary>>,
): VersionManifest {
  const { name, description, deduplicate, repeatedLines, weights } = config;
  const sources = Object.fromEntries(
    Object.entries(summaries).map(([source, { manifest }]) => [source, manifest]),
  );
  const repeated = repeatedLines && {
    ...repeatedLines,
    sha256: outputsOf(repeatedFolder(workFolder))[repeatedFile],
  };
  const content: Omit<VersionManifest, 'id'> = {
    format: versionFormat,
    ...{ name, description, sources },
    deduplicate: {
      ...deduplicate,
      signatures: signatureRevision,
      ...(repeated !== undefined && { repeatedLines: repeated }),
      ...(config.evaluationSets !== undefined && { evaluationSets: evaluation }),
    },
    parents: parents.map(({ manifest }) => ({ name: manifest.name, id: manifest.id })),
    ...(config.tokenizer !== undefined && { tokenizer: tokenizerHash }),
    mixture: versionMixture(ancestors, sources, weights),
  };
  return { ...content, id: versionId(content) };
}

/** The files stay in the work folder too, for the next build, and take no space for it. */
function linkFiles(folder: string, { config, shards, workFolder }: Assembly): void {
  const numbers = new Map<string, number>();
  for (const { source, folders } of shards) {
    const shard = numbers.get(source) ?? 0;
    numbers.set(source, shard + 1);
    const to = shardFiles(source, shard);
    const written = (name: string) => join(folders.write, name);
    link(written(writtenFiles.documents), join(folder, to.documents));
    link(join(folders.clean, cleanFiles.drops), join(folder, to.drops));
    link(written(writtenFiles.drops), join(folder, to.duplicates));
    link(written(writtenFiles.ids), join(folder, to.ids));
    link(written(`${writtenFiles.ids}.ends`), join(folder, to.idEnds));
    link(written(writtenFiles.signatures), join(folder, to.signatures));
  }
  if (config.repeatedLines === undefined) return;
  link(join(repeatedFolder(workFolder), repeatedFile), join(folder, repeatedLinesName));
}

function link(from: string, to: string): void {
  makeFolder(dirname(to));
  try {
    fs.linkSync(from, to);
  } catch {
    // Some file systems have no hard links.
    fs.copyFileSync(from, to);
  }
}

function readClusters(workFolder: string): ShownCluster[] {
  const path = join(deduplicateFolder(workFolder, 'clean'), clustersFile);
  return JSON.parse(fs.readFileSync(path, 'utf8')) as ShownCluster[];
}
