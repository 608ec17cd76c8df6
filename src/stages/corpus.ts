/**
 * The corpus stage: gathers what the model will read, and says what it is.
 *
 * Sources with `clean` become a version in a store, filtered and de-duplicated; what a version holds
 * is never changed, so others can stand on it. All other sources are taken as they are. Then
 * `corpus.json`, written last, names the files of every source.
 */
import {
  ConfigError,
  makeFolder,
  ProgressLine,
  type StageContext,
  type StageResult,
} from '../base/index.ts';
import { type CorpusManifest, type StoredVersion, writeCorpusManifest } from '../corpus/index.ts';
import type { CorpusConfig, CorpusSource } from './corpus/config.ts';
import { formatFunnel } from './corpus/funnel.ts';
import { gather } from './corpus/plain-source.ts';
import { hasVersion, prepareVersion, sourcesOfVersion } from './corpus/version-sources.ts';

export { cleanedSources } from './corpus/build-config.ts';
export { type CorpusConfig, corpusConfig } from './corpus/config.ts';
export { formatFunnel } from './corpus/funnel.ts';
export { prepareVersion } from './corpus/version-sources.ts';

/** @throws ConfigError for a source without text, FileError for files that cannot be read. */
export async function corpus(
  config: CorpusConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  checkCorpusConfig(config);
  const folder = context.run.file('corpus');
  makeFolder(folder);
  using progress = new ProgressLine(context.progress);
  let version: StoredVersion | undefined;
  if (hasVersion(config)) {
    version = await prepareVersion(config, { description: '', ...context });
    if (version === undefined) return undefined;
    showFunnel(version, progress);
  }
  const sources = version === undefined ? {} : await sourcesOfVersion(version, config);
  for (const [name, source] of Object.entries(config.sources)) {
    if (source.clean !== undefined) continue;
    if (context.stop.isRequested) return undefined;
    progress.update(`corpus: ${name}`, { stage: 'corpus', source: name });
    sources[name] = await gather(name, source, folder, context);
  }
  writeCorpusManifest(folder, manifestOf(sources, version));
  const sizes = Object.entries(sources).map(([name, { sizeBytes }]) => [`${name}Bytes`, sizeBytes]);
  return { metrics: Object.fromEntries(sizes), checks: [] };
}

function showFunnel({ manifest }: StoredVersion, progress: ProgressLine): void {
  const { name, id, sources } = manifest;
  progress.note(formatFunnel(manifest), { stage: 'corpus', version: { name, id }, sources });
}

function manifestOf(
  sources: CorpusManifest['sources'],
  version: StoredVersion | undefined,
): CorpusManifest {
  if (version === undefined) return { sources };
  const { name, id } = version.manifest;
  return { sources, version: { name, id } };
}

/** @throws ConfigError for settings that contradict each other. */
export function checkCorpusConfig({ sources, version, parents = [] }: CorpusConfig): void {
  const entries = Object.entries(sources);
  for (const [name, source] of entries) checkSource(`corpus.sources.${name}`, source);
  const numCleaned = entries.filter(([, { clean }]) => clean !== undefined).length;
  if (version !== undefined && (parents.length > 0 || numCleaned > 0)) {
    const got = numCleaned > 0 ? 'sources with clean beside it' : 'parents beside it';
    const hint = 'to build on it, name it in corpus.parents';
    throw new ConfigError({ what: 'corpus.version', must: 'be read as it is', got, hint });
  }
  if (parents.length === 0 || numCleaned > 0) return;
  const must = 'stand under sources with clean';
  const hint = 'to read a version as it is, name it in corpus.version';
  throw new ConfigError({ what: 'corpus.parents', must, got: 'no such source', hint });
}

function checkSource(what: string, { files, generator, clean, heldOutBy }: CorpusSource): void {
  if ((files === undefined) === (generator === undefined)) {
    const got = files === undefined ? 'neither' : 'both';
    throw new ConfigError({ what, must: 'have files or a generator', got });
  }
  if (clean === undefined || heldOutBy !== 'position') return;
  const must = 'be document for a source with clean, whose texts are not one after the other';
  throw new ConfigError({ what: `${what}.heldOutBy`, must, got: 'position' });
}
