/** Shapes: `*` any dimensions, V vocabulary, C hidden. */
import { embedding, type Tensor } from '../tensor/index.ts';
import { checkCounts } from './check.ts';
import { parameter } from './fields.ts';
import { type Initializer, normal } from './init.ts';
import { Module } from './module.ts';

export interface EmbeddingConfig {
  /** Rows: tokens of the vocabulary, or positions of the context. */
  numEmbeddings: number;
  hiddenSize: number;
  /** Default: N(0, 1), as PyTorch. */
  initWeight?: Initializer;
}

/** A table of vectors, looked up by id. */
export class Embedding extends Module {
  readonly weight: Tensor; // [V, C]

  constructor({ numEmbeddings, hiddenSize, initWeight = normal(1) }: EmbeddingConfig) {
    super();
    checkCounts('Embedding', { numEmbeddings, hiddenSize });
    this.weight = parameter(initWeight([numEmbeddings, hiddenSize]));
  }

  /** ids, int64[*] → [*, C] */
  forward(ids: Tensor): Tensor {
    return embedding(this.weight, ids);
  }
}
