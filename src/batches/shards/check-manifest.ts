/** The hash of a manifest guards it against accidents; this guards the reader against its author. */
import { FileError } from '../../base/index.ts';
import {
  bytesPerToken,
  type DatasetManifest,
  type FileRecord,
  formatName,
  formatVersion,
  type ShardRecord,
  type Totals,
  tokenDtype,
} from './manifest.ts';

/** Bytes of one entry of an `ends` file. */
export const bytesPerEnd = 4;

/** @throws FileError that names the field which is missing, out of range or in contradiction. */
export function checkManifest(path: string, value: object): DatasetManifest {
  const manifest = value as Partial<DatasetManifest>;
  const check = (field: string, isRight: boolean, must: string, got: unknown): void => {
    if (isRight) return;
    throw new FileError({ what: `${path}: ${field}`, must, got: shown(got) });
  };
  check('format', manifest.format === formatName, `be "${formatName}"`, manifest.format);
  check('version', manifest.version === formatVersion, `be ${formatVersion}`, manifest.version);
  const { vocabSize, endOfTextId, dtype, shards, tokenizerHash } = manifest as DatasetManifest;
  check('tokenizerHash', isHash(tokenizerHash), 'be a SHA-256 in hex', tokenizerHash);
  check('vocabSize', isCount(vocabSize) && vocabSize <= 2 ** 31, 'be at most 2^31', vocabSize);
  const hasEnd = isCount(endOfTextId) && endOfTextId < vocabSize;
  check('endOfTextId', hasEnd, 'be below vocabSize', endOfTextId);
  check('dtype', dtype === tokenDtype(vocabSize), `be "${tokenDtype(vocabSize)}"`, dtype);
  check('shards', Array.isArray(shards), 'be a list', shards);
  for (const [i, shard] of shards.entries()) {
    const isRight = isShard(shard, bytesPerToken(dtype));
    check(`shards[${i}]`, isRight, 'have sizes that agree with its counts', shard);
  }
  for (const field of ['numDocuments', 'numTokens', 'numTextBytes'] as const) {
    const sum = shards.reduce((total, shard) => total + shard[field], 0);
    check(field, manifest[field] === sum, `be the sum over the shards, ${sum}`, manifest[field]);
  }
  return manifest as DatasetManifest;
}

function isShard(shard: Partial<ShardRecord> | null, tokenBytes: number): boolean {
  if (typeof shard !== 'object' || shard === null) return false;
  const { numDocuments, numTokens, numTextBytes } = shard as Totals;
  return (
    [numDocuments, numTokens, numTextBytes].every(isCount) &&
    numDocuments >= 1 &&
    numTokens >= numDocuments &&
    isFile(shard.tokens, numTokens * tokenBytes) &&
    isFile(shard.ends, numDocuments * bytesPerEnd)
  );
}

function isFile(file: FileRecord | undefined, sizeBytes: number): boolean {
  return typeof file === 'object' && file?.sizeBytes === sizeBytes && isHash(file.sha256);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
