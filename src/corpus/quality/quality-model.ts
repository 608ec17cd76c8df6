/**
 * The quality classifier of GPT-3 (Brown et al. 2020, appendix A): logistic regression on hashed words,
 * positives that people chose against the raw crawl. A model is a plain file of some 90 kB.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FileError, writeFileAtomic } from '../../base/index.ts';
import { statisticsOf } from '../text/index.ts';

/** How many features the hashes of words and pairs of words fall into. */
export const numBuckets = 2 ** 16;

export interface QualityModel {
  /** Of each bucket −127 to 127, in units of `scale`. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
}

/** The probability that people would have chosen a text, from 0 to 1. */
export function qualityOf(model: QualityModel, text: string): number {
  let sum = 0;
  const features = featuresOf(text);
  for (const bucket of features) sum += model.weights[bucket] as number;
  return logistic(model.bias + (model.scale * sum) / Math.sqrt(Math.max(1, features.length)));
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/**
 * The features of a text, each once: its words, or characters in Chinese, and pairs of them. A vector of
 * ones is taken to length 1, so that long texts weigh no more than short ones.
 */
export function featuresOf(text: string): Uint16Array {
  const { hashes } = statisticsOf(text).scan;
  const seen = new Uint8Array(numBuckets);
  const features = new Uint16Array(Math.min(numBuckets, 2 * hashes.length));
  let count = 0;
  let before = 0;
  for (const hash of hashes) {
    for (const feature of [hash, Math.imul(before, 0x2545f491) ^ hash]) {
      const bucket = feature >>> 16;
      if (seen[bucket] === 1) continue;
      seen[bucket] = 1;
      features[count++] = bucket;
    }
    before = hash;
  }
  return features.subarray(0, count);
}

/** @throws FileError when the file cannot be written. */
export function writeQualityModel(path: string, { weights, scale, bias }: QualityModel): void {
  const file = { format, scale, bias, weights: Buffer.from(weights.buffer).toString('base64') };
  writeFileAtomic(path, `${JSON.stringify(file)}\n`);
}

const format = 'athanor quality model 1';

/** @throws FileError when the file cannot be read or is no quality model. */
export function readQualityModel(path: string): QualityModel {
  const file = parse(path);
  const bytes = Buffer.from(String(file.weights ?? ''), 'base64');
  const [scale, bias] = [Number(file.scale), Number(file.bias)];
  const isWhole = bytes.length === numBuckets && Number.isFinite(scale) && Number.isFinite(bias);
  if (file.format !== format || !isWhole) {
    throw new FileError({
      what: path,
      must: `be a quality model with ${numBuckets} weights`,
      got: `"${String(file.format)}" with ${bytes.length}`,
      hint: 'train it again',
    });
  }
  return { weights: new Int8Array(bytes), scale, bias };
}

/** What a file may hold, if it is one of ours. */
interface QualityFile {
  readonly format?: unknown;
  readonly scale?: unknown;
  readonly bias?: unknown;
  readonly weights?: unknown;
}

function parse(path: string): QualityFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as QualityFile;
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(
      { what: path, must: 'be a quality model that can be read', got },
      { cause },
    );
  }
}

/** Names a model by what it decides, for the hash of a rule set. */
export function qualityModelHash(model: QualityModel): string {
  const numbers = JSON.stringify([model.scale, model.bias]);
  return createHash('sha256').update(numbers).update(model.weights).digest('hex');
}
