/** What all shards of a source add up to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainRules } from '../filter/index.ts';
import { emptyTally, mergeTallies, type Tally } from '../tally/index.ts';
import { shardFiles } from '../version/version-files.ts';
import { hashOf } from '../version/version-id.ts';
import type { VersionFile, VersionSource } from '../version/version-manifest.ts';
import type { BuildConfig, BuildSource } from './build-config.ts';
import { cleanFiles, readCleaned } from './clean-output.ts';
import { checkConservation } from './conservation.ts';
import { type PlannedShard, rulesHashOf } from './plan-tasks.ts';
import { sizeOf } from './sections.ts';
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
  { tokenizer }: BuildConfig,
): SourceSummary {
  const { tally, files } = addUp(name, shards);
  const { numRead, kept, languages, licences, numTokens } = tally;
  const dropped = Object.fromEntries(
    Object.entries(tally.dropped).map(([reason, { numDocuments }]) => [reason, numDocuments]),
  );
  const { weight, heldOut } = source;
  const manifest: VersionSource = {
    ...{ ...kept, weight, heldOut, numRead, dropped, languages, licences, files },
    rules: plainRules(source.clean),
    rulesHash: rulesHashOf(source),
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
): { tally: Tally; files: VersionFile[] } {
  let tally = emptyTally();
  const files = shards.map((shard, number): VersionFile => {
    const cleaned = readCleaned(shard.cleanFolder);
    const written = readWritten(shard);
    checkConservation(`${name}/${shard.key}`, cleaned, written);
    tally = mergeTallies(tally, mergeTallies(cleaned.tally, written.tally));
    const { numLines: numDocuments, ...hashes } = written.documents;
    const { textBytes } = written.tally.kept;
    const { documents: path } = shardFiles(name, number);
    return { path, numDocuments, textBytes, ...hashes, parts: partHashes(shard) };
  });
  return { tally, files };
}

function partHashes({ cleanFolder, writeFolder }: PlannedShard): VersionFile['parts'] {
  const [cleaned, written] = [outputsOf(cleanFolder), outputsOf(writeFolder)];
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

function readWritten({ writeFolder }: PlannedShard): WrittenShard {
  return JSON.parse(readFileSync(join(writeFolder, writtenFiles.facts), 'utf8')) as WrittenShard;
}
