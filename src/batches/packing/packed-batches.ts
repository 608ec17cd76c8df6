import { ConfigError, deriveSeed, type Seed } from '../../base/index.ts';
import type { Device } from '../../tensor/index.ts';
import { Mixture } from '../order/mixture.ts';
import type { TokenBatches } from '../token-batches.ts';
import type { ConversationDataset, ConversationTokens } from './conversation-dataset.ts';
import { EpochRows } from './epoch-rows.ts';
import { type PackedBatch, PackedRows } from './packed-rows.ts';

/** One data set of conversations. */
export interface ConversationBatchSource {
  dataset: ConversationDataset;
  /** How often each of its conversations occurs in an epoch, on average. Default: 1. */
  weight?: number;
}

export interface PackedBatchesConfig {
  sources: readonly ConversationBatchSource[];
  /** Places of a row. */
  contextLength: number;
  seed: Seed;
  /**
   * Whether several conversations stand in a row. Otherwise each has one for itself, and a batch is
   * as wide as its longest. Default: true.
   */
  packing?: boolean;
  /** Pre-training text: its share of the rows, above 0 and below 1, and windows of contextLength. */
  text?: { share: number; windows: TokenBatches } | undefined;
  device?: Device;
}

/**
 * Batches of conversations for training, a pure function of the seed and the rows' global index.
 * Whole conversations stand behind each other in a row, without seeing one another ("packing
 * without cross-contamination", Krell et al. 2021, arXiv 2107.02027): positions begin at 0 in each,
 * attention is to be kept within `documents`, and the first token of one is no target of the last
 * one before.
 */
export class PackedBatches {
  readonly contextLength: number;
  readonly #config: PackedBatchesConfig;
  readonly #rows: EpochRows;
  readonly #mixture: Mixture | undefined;
  /** Of each source, the number of its first conversation among all. */
  readonly #firstItems: readonly number[];
  readonly #window: Uint32Array<ArrayBuffer>;
  readonly #allLearned: Uint8Array<ArrayBuffer>;

  /** @throws ConfigError for no conversations, and one that is longer than a row; for a share out of range. */
  constructor(config: PackedBatchesConfig) {
    const { sources, contextLength, seed, packing = true, text } = config;
    this.#config = config;
    this.contextLength = contextLength;
    this.#mixture = text && mixtureOf(text.share, seed);
    this.#firstItems = firstItemsOf(sources);
    const lengths = sources.flatMap(({ dataset }) =>
      Array.from({ length: dataset.numConversations }, (_, i) => dataset.lengthOf(i) - 1),
    );
    this.#rows = new EpochRows({
      ...{ lengths: Uint32Array.from(lengths), capacity: contextLength, seed, packing },
      weightOf: (item) => sources[this.#sourceOf(item)]?.weight ?? 1,
    });
    this.#window = new Uint32Array(contextLength + 1);
    this.#allLearned = new Uint8Array(contextLength + 1).fill(1);
  }

  /** How many samples the first epochs have, pre-training text among them. */
  samplesOfEpochs(numEpochs: number): number {
    const whole = Math.floor(numEpochs);
    const first = this.#rows.rowsUntil(whole);
    const part = whole === numEpochs ? 0 : this.#rows.rowsUntil(whole + 1) - first;
    const numRows = Math.ceil(first + part * (numEpochs - whole));
    const { share = 0 } = this.#config.text ?? {};
    return Math.ceil(numRows / (1 - share));
  }

  /** The share of the places of conversations that are not padding. */
  get fillRatio(): number {
    return this.#rows.fillRatio();
  }

  /** The rows from `firstSample` on. @throws ConfigError, FileError when a file was cut or changed. */
  batchAt(firstSample: number, batchSize: number): PackedBatch {
    checkNumber('firstSample', firstSample, 0);
    checkNumber('batchSize', batchSize, 1);
    const documents = Array.from({ length: batchSize }, (_, i) =>
      this.#documentsOf(firstSample + i),
    );
    const widths = documents.map((row) => row.reduce((sum, { ids }) => sum + ids.length - 1, 0));
    const width = this.#config.packing === false ? Math.max(...widths) : this.contextLength;
    const rows = new PackedRows(batchSize, width);
    for (const row of documents) {
      for (const document of row) rows.add(document);
      rows.endRow();
    }
    return rows.toBatch(this.#config.device ?? 'cpu');
  }

  #documentsOf(sample: number): ConversationTokens[] {
    const { text, sources } = this.#config;
    const { source, index } = this.#mixture?.place(sample) ?? { source: 0, index: sample };
    if (source === 1 && text !== undefined) {
      const ids = Uint32Array.from(text.windows.readWindow(index, this.#window));
      return [{ ids, learned: this.#allLearned }];
    }
    return [...this.#rows.itemsOf(index)].map((item) => {
      const at = this.#sourceOf(item);
      const { dataset } = sources[at] as ConversationBatchSource;
      return dataset.conversation(item - (this.#firstItems[at] as number));
    });
  }

  #sourceOf(item: number): number {
    return this.#firstItems.findLastIndex((first) => first <= item);
  }
}

function firstItemsOf(sources: readonly ConversationBatchSource[]): number[] {
  let next = 0;
  return sources.map(({ dataset }) => {
    const first = next;
    next += dataset.numConversations;
    return first;
  });
}

/** Source 0 are conversations, source 1 is text. */
function mixtureOf(share: number, seed: Seed): Mixture {
  if (share > 0 && share < 1) return new Mixture([1 - share, share], deriveSeed(seed, 'text'));
  const must = 'be above 0 and below 1';
  throw new ConfigError({ what: 'the share of pre-training text', must, got: String(share) });
}

function checkNumber(what: string, value: number, first: number): void {
  if (Number.isSafeInteger(value) && value >= first) return;
  throw new ConfigError({ what, must: `be a whole number from ${first}`, got: String(value) });
}
