/** A GPT-2 of any size, made of src/nn as step_peer.py makes it of torch.nn. */
import {
  CausalSelfAttention,
  computeDtype,
  Embedding,
  FeedForward,
  gpt2Weight,
  LayerNorm,
  Module,
  type Precision,
  setPrecision,
  tokenLoss,
} from '../../src/nn/index.ts';
import { arange, type Tensor } from '../../src/tensor/index.ts';

export interface GptSize {
  numLayers: number;
  hiddenSize: number;
  numHeads: number;
  contextLength: number;
  vocabSize: number;
  batchSize: number;
}

/** The model of the table: 12 million parameters, batch 16 × 256. */
const small: GptSize = {
  numLayers: 6,
  hiddenSize: 384,
  numHeads: 6,
  contextLength: 256,
  vocabSize: 4096,
  batchSize: 16,
};

/** GPT-2 124M, batch 2 × 512. */
const gpt2: GptSize = {
  numLayers: 12,
  hiddenSize: 768,
  numHeads: 12,
  contextLength: 512,
  vocabSize: 50257,
  batchSize: 2,
};

/** The names are also those of step_peer.py. */
export const sizes = { small, 'GPT-2 124M': gpt2 };

export type SizeName = keyof typeof sizes;

class Block extends Module {
  readonly norm1: LayerNorm;
  readonly attention: CausalSelfAttention;
  readonly norm2: LayerNorm;
  readonly feedForward: FeedForward;

  constructor({ hiddenSize, numHeads, contextLength }: GptSize) {
    super();
    const initWeight = gpt2Weight;
    this.norm1 = new LayerNorm({ hiddenSize });
    this.attention = new CausalSelfAttention({ hiddenSize, numHeads, contextLength, initWeight });
    this.norm2 = new LayerNorm({ hiddenSize });
    this.feedForward = new FeedForward({ hiddenSize, initWeight });
  }

  forward(x: Tensor): Tensor {
    const attended = x.add(this.attention.forward(this.norm1.forward(x)));
    return attended.add(this.feedForward.forward(this.norm2.forward(attended)));
  }
}

/** Shapes: B batch, T positions. */
export class BenchGpt extends Module {
  readonly tokens: Embedding; // also the output layer
  readonly positions: Embedding;
  readonly blocks: readonly Block[];
  readonly norm: LayerNorm;
  readonly #precision: Precision;

  constructor(size: GptSize, precision: Precision) {
    super();
    const { numLayers, hiddenSize, vocabSize, contextLength } = size;
    const initWeight = gpt2Weight;
    this.tokens = new Embedding({ numEmbeddings: vocabSize, hiddenSize, initWeight });
    this.positions = new Embedding({ numEmbeddings: contextLength, hiddenSize, initWeight });
    this.blocks = Array.from({ length: numLayers }, () => new Block(size));
    this.norm = new LayerNorm({ hiddenSize });
    this.#precision = precision;
    setPrecision(this, precision);
  }

  /** The mean loss of int64[B, T] tokens and targets. */
  forward(tokens: Tensor, targets: Tensor): Tensor {
    const { device } = tokens;
    const positions = arange(tokens.size(1), { dtype: 'int64', device });
    const embedded = this.tokens.forward(tokens).add(this.positions.forward(positions));
    const hidden = this.blocks.reduce((x, block) => block.forward(x), embedded);
    const dtype = computeDtype(this.#precision, device);
    return tokenLoss(this.norm.forward(hidden), this.tokens.weight, targets, {
      computeDtype: dtype,
    });
  }
}
