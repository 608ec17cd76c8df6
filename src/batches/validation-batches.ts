import { ConfigError } from '../base/index.ts';
import type { Device } from '../tensor/index.ts';
import { type Batch, BatchRows } from './batch.ts';
import type { TokenDataset } from './shards/token-dataset.ts';

export interface ValidationBatchesConfig {
  dataset: TokenDataset;
  contextLength: number;
  batchSize: number;
  /** Default: true. */
  targetsAcrossDocuments?: boolean;
  device?: Device;
}

/**
 * The windows of a data set from the first to the last, for validation: each token is a target once,
 * the first one behind an end-of-text token that is put in front. So the losses of all batches sum to
 * those of all `numTextBytes` of text and of the end of each document. The last row is filled up
 * with targets that are ignored, the last batch may have fewer rows.
 *
 *     for (let i = 0; i < batches.numBatches; i++) scope(() => add(lossOf(batches.batchAt(i))));
 */
export class ValidationBatches {
  readonly numWindows: number;
  readonly numBatches: number;
  readonly #config: ValidationBatchesConfig;

  /** @throws ConfigError for numbers out of range. */
  constructor(config: ValidationBatchesConfig) {
    for (const field of ['contextLength', 'batchSize'] as const) {
      if (Number.isSafeInteger(config[field]) && config[field] >= 1) continue;
      const got = String(config[field]);
      throw new ConfigError({ what: field, must: 'be a whole number from 1', got });
    }
    this.#config = config;
    this.numWindows = Math.ceil(config.dataset.numTokens / config.contextLength);
    this.numBatches = Math.ceil(this.numWindows / config.batchSize);
  }

  /** @throws ConfigError when there is no such batch, FileError when a shard was cut or changed. */
  batchAt(index: number): Batch {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.numBatches) {
      const must = `be a whole number below ${this.numBatches}`;
      throw new ConfigError({ what: 'the index of a batch', must, got: String(index) });
    }
    const { dataset, contextLength, batchSize, device = 'cpu' } = this.#config;
    const { targetsAcrossDocuments = true } = this.#config;
    const { endOfTextId } = dataset.manifest;
    const first = index * batchSize;
    const numRows = Math.min(batchSize, this.numWindows - first);
    const rows = new BatchRows(numRows, { contextLength, endOfTextId, targetsAcrossDocuments });
    const ids = new Uint32Array(contextLength + 1);
    for (let row = 0; row < numRows; row++) {
      const start = (first + row) * contextLength;
      const numTargets = Math.min(contextLength, dataset.numTokens - start);
      ids.fill(endOfTextId);
      if (start === 0) dataset.readTokens(0, ids.subarray(1, 1 + numTargets));
      else dataset.readTokens(start - 1, ids.subarray(0, 1 + numTargets));
      rows.setRow(row, ids, numTargets);
    }
    return rows.toBatch(device);
  }
}
