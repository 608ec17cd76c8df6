import { ConfigError, deriveSeed, type Seed } from '../base/index.ts';
import type { Device } from '../tensor/index.ts';
import { type Batch, BatchRows } from './batch.ts';
import { type BatchSource, checkSources } from './batch-source.ts';
import { Mixture } from './order/mixture.ts';
import { WindowOrder, type WindowPlace } from './order/window-order.ts';
import type { TokenDataset } from './shards/token-dataset.ts';

export interface TokenBatchesConfig {
  sources: readonly BatchSource[];
  contextLength: number;
  seed: Seed;
  /** Cut windows elsewhere in each epoch. Default: true. */
  shiftWindows?: boolean;
  /**
   * Learn the first token of a document from the end-of-text token before it, as GPT-3 does. Default:
   * true.
   */
  targetsAcrossDocuments?: boolean;
  device?: Device;
}

/** Where a sample comes from. */
export interface SamplePlace extends WindowPlace {
  source: string;
}

interface OrderedSource {
  name: string;
  dataset: TokenDataset;
  order: WindowOrder;
}

/**
 * Batches for training, a pure function of the seed and the samples' global index: there is no state
 * to save or to lose. A sample is a window of contextLength + 1 tokens of whole documents in a row
 * (the packing of GPT-3, Brown et al. 2020, arXiv 2005.14165, appendix B).
 */
export class TokenBatches {
  readonly contextLength: number;
  /** The shares of the sources among the samples; they sum to 1. */
  readonly shares: ReadonlyMap<string, number>;
  readonly #config: TokenBatchesConfig;
  readonly #mixture: Mixture;
  readonly #sources: readonly OrderedSource[];
  readonly #endOfTextId: number;
  readonly #ids: Uint32Array<ArrayBuffer>;
  #rows: BatchRows | undefined;

  /**
   * @throws ConfigError for no sources, equal names, sources of different tokenizers, weights that
   *   are not positive and data sets shorter than a window.
   */
  constructor(config: TokenBatchesConfig) {
    const { sources, contextLength, seed, shiftWindows: shift = true } = config;
    checkSources(sources);
    this.#config = config;
    this.contextLength = contextLength;
    this.#ids = new Uint32Array(contextLength + 1);
    const weights = sources.map(({ weight = 1 }) => weight);
    this.#mixture = new Mixture(weights, deriveSeed(seed, 'mixture'));
    this.#sources = sources.map(({ name, dataset }) => {
      const { numTokens } = dataset;
      return {
        name,
        dataset,
        order: new WindowOrder({ numTokens, contextLength, seed, name, shift }),
      };
    });
    this.shares = new Map(sources.map(({ name }, i) => [name, this.#mixture.shares[i] as number]));
    this.#endOfTextId = sources[0]?.dataset.manifest.endOfTextId as number;
  }

  /**
   * The samples from `firstSample` on; see `rankShare` for those of a rank.
   *
   * @throws ConfigError for numbers out of range, FileError when a shard was cut or changed.
   */
  batchAt(firstSample: number, batchSize: number): Batch {
    checkNumber('firstSample', firstSample, 0);
    checkNumber('batchSize', batchSize, 1);
    const rows = this.#rowsOf(batchSize);
    for (let row = 0; row < batchSize; row++) {
      rows.setRow(row, this.readWindow(firstSample + row, this.#ids));
    }
    return rows.toBatch(this.#config.device ?? 'cpu');
  }

  /** Fills `ids` with the contextLength + 1 tokens of a sample. @throws FileError as `batchAt` */
  readWindow(sample: number, ids: Uint32Array): Uint32Array {
    const { dataset, start } = this.#place(sample);
    const beforeEnd = dataset.numTokens - start;
    dataset.readTokens(start, ids.subarray(0, beforeEnd));
    // The tokens are a circle; a window is never longer than it, save for its last target.
    if (beforeEnd < ids.length) dataset.readTokens(0, ids.subarray(beforeEnd));
    return ids;
  }

  /** Where a sample comes from; for reports and for the ledger of skipped samples. */
  placeOf(sample: number): SamplePlace {
    const { name, epoch, window, start } = this.#place(sample);
    return { source: name, epoch, window, start };
  }

  /** How often the first `numSamples` samples go through each data set. */
  epochsAfter(numSamples: number): Map<string, number> {
    const counts = this.#mixture.counts(numSamples);
    return new Map(
      this.#sources.map(({ name, order }, i) => [name, (counts[i] as number) / order.numWindows]),
    );
  }

  /** Made once: batches are mostly of one size, and their memory would be garbage after each. */
  #rowsOf(batchSize: number): BatchRows {
    if (this.#rows?.numRows === batchSize) return this.#rows;
    const { contextLength, targetsAcrossDocuments = true } = this.#config;
    const endOfTextId = this.#endOfTextId;
    this.#rows = new BatchRows(batchSize, { contextLength, endOfTextId, targetsAcrossDocuments });
    return this.#rows;
  }

  #place(sample: number): OrderedSource & WindowPlace {
    const { source, index } = this.#mixture.place(sample);
    const chosen = this.#sources[source] as OrderedSource;
    return { ...chosen, ...chosen.order.place(index) };
  }
}

function checkNumber(what: string, value: number, first: number): void {
  if (Number.isSafeInteger(value) && value >= first) return;
  throw new ConfigError({ what, must: `be a whole number from ${first}`, got: String(value) });
}
