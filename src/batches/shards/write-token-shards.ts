/** From documents to token shards. */
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { ConfigError, Rejections, type Seed } from '../../base/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { DocumentSource, SourceDocument } from '../document.ts';
import { formatName, formatVersion, type Totals, tokenDtype } from './manifest.ts';
import { type Subset, subsetChooser } from './split.ts';
import { SubsetWriter } from './subset-writer.ts';
import { UnfinishedFolder } from './unfinished-folder.ts';

export interface TokenShardsConfig {
  documents: DocumentSource;
  tokenizer: Tokenizer;
  /** A new or empty folder, for the data sets `train` and `validation`. */
  directory: string;
  /** Default: 2^27. A longer document has a shard for itself. */
  maxShardTokens?: number;
  /** The share of documents that is held out, from 0 to 1. Default: 0. */
  validationFraction?: number;
  /** Default: 0. */
  splitSeed?: Seed;
  /** The special token that follows each document. Default: `<|endoftext|>`. */
  endOfText?: string;
}

/** `numRead` = documents of `train` + of `validation` + the sum of `rejected`. */
export interface TokenShardsReport {
  numRead: number;
  train: Totals;
  validation: Totals;
  /** How many documents were left out, by reason. */
  rejected: Readonly<Record<string, number>>;
  /** Where the first ones of each reason stood: `file:line`, or the file alone; ten at most. */
  rejectedAt: Readonly<Record<string, readonly string[]>>;
}

/** Larger documents are encoded in slices, between which timers and signals have their turn. */
const slicedFromBytes = 2 ** 17;
const maxBusyMs = 20;

/**
 * Writes the data sets `train` and `validation` under `directory`, which appears when all of it is
 * complete and on disk: a killed writer leaves nothing under that name, and can simply run again.
 *
 * @throws ConfigError for a folder that is not empty, a fraction out of range and a tokenizer
 *   without the end-of-text token; FileError when the file system refuses or another process is
 *   writing there. Nothing is left then.
 */
export async function writeTokenShards(config: TokenShardsConfig): Promise<TokenShardsReport> {
  const { tokenizer, endOfText = '<|endoftext|>', maxShardTokens = 2 ** 27 } = config;
  checkShardLength(maxShardTokens);
  const facts = {
    format: formatName,
    version: formatVersion,
    tokenizerHash: tokenizer.hash,
    vocabSize: tokenizer.vocabSize,
    endOfTextId: tokenizer.specialTokens.idOf(endOfText),
    dtype: tokenDtype(tokenizer.vocabSize),
  } as const;
  const choose = subsetChooser(config.validationFraction ?? 0, config.splitSeed ?? 0);
  const folder = new UnfinishedFolder(config.directory);
  const writers: SubsetWriter[] = [];
  const start = (subset: Subset) =>
    (writers[writers.length] = new SubsetWriter(join(folder.path, subset), facts, maxShardTokens));
  try {
    const subsets = { train: start('train'), validation: start('validation') };
    const counts = await addAll(config, subsets, choose);
    await finish(writers, folder);
    const { train, validation } = subsets;
    return { ...counts, train: train.totals, validation: validation.totals };
  } catch (error) {
    for (const writer of writers) await writer.close();
    folder.remove();
    throw error;
  }
}

/** What waits for the disk together waits once. */
async function finish(writers: readonly SubsetWriter[], folder: UnfinishedFolder): Promise<void> {
  await Promise.all(writers.map((writer) => writer.finishShard()));
  await Promise.all([...writers.map((writer) => writer.writeManifest()), folder.sync()]);
  folder.finish();
}

async function addAll(
  { documents, tokenizer }: TokenShardsConfig,
  subsets: Record<Subset, SubsetWriter>,
  choose: (bytes: Uint8Array) => Subset,
): Promise<Pick<TokenShardsReport, 'numRead' | 'rejected' | 'rejectedAt'>> {
  const rejections = new Rejections();
  const encoder = new TextEncoder();
  const slices = tokenizer.sliceEncoder(maxBusyMs);
  let numRead = 0;
  let lastPause = performance.now();
  for await (const document of documents) {
    numRead++;
    const reason = 'rejected' in document ? document.rejected : reasonAgainst(document);
    if (reason !== undefined) {
      rejections.add(reason, document);
      continue;
    }
    const { text, subset } = document as SourceDocument;
    const bytes = typeof text === 'string' ? encoder.encode(text) : text;
    const isLarge = bytes.length >= slicedFromBytes;
    const ids = isLarge ? await slices.encode(bytes) : tokenizer.encodeInPlace(bytes);
    await subsets[subset ?? choose(bytes)].add(ids, bytes.length);
    if (performance.now() - lastPause > maxBusyMs) {
      await new Promise((resolve) => setImmediate(resolve));
      lastPause = performance.now();
    }
  }
  return { numRead, rejected: rejections.counts, rejectedAt: rejections.places };
}

function reasonAgainst({ text }: SourceDocument): string | undefined {
  if (text.length === 0) return 'empty';
  if (typeof text !== 'string') return isUtf8(text) ? undefined : 'not UTF-8';
  return text.isWellFormed() ? undefined : 'half a surrogate pair';
}

/** Ends are uint32. */
function checkShardLength(maxShardTokens: number): void {
  const isRight =
    Number.isSafeInteger(maxShardTokens) && maxShardTokens >= 1 && maxShardTokens < 2 ** 31;
  if (isRight) return;
  const got = String(maxShardTokens);
  throw new ConfigError({ what: 'maxShardTokens', must: 'be a whole number below 2^31', got });
}
