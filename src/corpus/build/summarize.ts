/** What all shards of a source add up to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyTally, mergeTallies, type Tally } from '../tally/index.ts';
import { shardFiles } from '../version/version-files.ts';
import { hashOf } from '../version/version-id.ts';
import type { VersionFile, VersionSource } from '../version/version-manifest.ts';
import type { BuildConfig, BuildSource } from './build-config.ts';
import { cleanFiles, readCleaned } from './clean-output.ts';
import { checkConservation, type ShardCounts } from './conservation.ts';
import { identifiedRules, rulesHashOf } from './identify-rules.ts';
import { sizeOf } from './sections.ts';
import { type DocumentStep, documentStep, keyOf, type PlannedShard } from './shard-folders.ts';
import { outputsOf } from './step.ts';
import { type WrittenShard, writtenFiles } from './write-shard.ts';

export interface SourceSummary {
  manifest: VersionSource;
  tally: Tally;
}

const samplesInManifest = 3;
const sampleCharacters = 200;

/** @throws AthanorError when read = kept + rejected does not hold. */
export function summarizeSources(
  config: BuildConfig,
  shards: readonly PlannedShard[],
): Record<string, SourceSummary> {
  const entries = Object.entries(config.sources).map(([name, source]) => {
    const own = shards.filter((shard) => shard.source === name);
    return [name, summarize(name, source, own, config)];
  });
  return Object.fromEntries(entries);
}

function summarize(
  name: string,
  source: BuildSource,
  shards: readonly PlannedShard[],
  config: BuildConfig,
): SourceSummary {
  const { tokenizer, scorer } = config;
  const step = documentStep(config);
  const { tally, files } = addUp(name, shards, step);
  const { numRead, kept, languages, licences, numTokens } = tally;
  const dropped = Object.fromEntries(
    Object.entries(tally.dropped).map(([reason, { numDocuments }]) => [reason, numDocuments]),
  );
  const { weight, heldOut } = source;
  const manifest: VersionSource = {
    ...{ ...kept, weight, heldOut, numRead, dropped, languages, licences, files },
    rules: identifiedRules(source.clean, scorer),
    rulesHash: rulesHashOf(source, scorer),
    inputs: inputsOf(shards),
    ...(tokenizer !== undefined && { numTokens }),
    samples: tally.samples.slice(0, samplesInManifest).map(({ id, text }) => {
      return { id, text: [...text].slice(0, sampleCharacters).join('') };
    }),
  };
  return { manifest, tally };
}

function addUp(
  name: string,
  shards: readonly PlannedShard[],
  step: DocumentStep,
): { tally: Tally; files: VersionFile[] } {
  let tally = emptyTally();
  const files = shards.map((shard, number): VersionFile => {
    const counts = countsOf(shard, step);
    const { cleaned, cut, written } = counts;
    checkConservation(keyOf(shard), counts);
    const tallies = [cleaned.tally, ...(cut === undefined ? [] : [cut.tally]), written.tally];
    tally = tallies.reduce(mergeTallies, tally);
    const { numLines: numDocuments, ...hashes } = written.documents;
    const { textBytes } = written.tally.kept;
    const { documents: path } = shardFiles(name, number);
    return { path, numDocuments, textBytes, ...hashes, parts: partHashes(shard) };
  });
  return { tally, files };
}

function partHashes({ folders }: PlannedShard): VersionFile['parts'] {
  const [cleaned, written] = [outputsOf(folders.clean), outputsOf(folders.write)];
  const hash = (hashes: typeof written, name: string) => hashes[name] as string;
  return {
    drops: hash(cleaned, cleanFiles.drops),
    duplicates: hash(written, writtenFiles.drops),
    ids: hash(written, writtenFiles.ids),
    idEnds: hash(written, `${writtenFiles.ids}.ends`),
    signatures: hash(written, writtenFiles.signatures),
  };
}

function inputsOf(shards: readonly PlannedShard[]): VersionSource['inputs'] {
  const files = shards.flatMap((shard) => shard.files);
  const sizeBytes = files.reduce((sum, { section }) => sum + sizeOf(section), 0);
  const sha256 = hashOf(shards.map(({ key, inputsHash }) => [key, inputsHash]));
  return { numFiles: new Set(files.map(({ path }) => path)).size, sizeBytes, sha256 };
}

function countsOf({ folders }: PlannedShard, step: DocumentStep): ShardCounts {
  const facts = readFileSync(join(folders.write, writtenFiles.facts), 'utf8');
  return {
    cleaned: readCleaned(folders.clean),
    cut: step === 'cut' ? readCleaned(folders.cut) : undefined,
    written: JSON.parse(facts) as WrittenShard,
  };
}
