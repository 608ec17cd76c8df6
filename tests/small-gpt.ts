/** A GPT made of src/nn, small enough for tests, and one training step of it. */
import {
  CausalSelfAttention,
  computeDtype,
  Dropout,
  Embedding,
  FeedForward,
  gpt2Residual,
  gpt2Weight,
  LayerNorm,
  Module,
  type Precision,
  type Segment,
  setPrecision,
  tokenLoss,
} from '../src/nn/index.ts';
import { clipGradNorm, type Optimizer } from '../src/optim/index.ts';
import { arange, manualSeed, type Tensor, tensor } from '../src/tensor/index.ts';

export interface SmallGptConfig {
  numLayers?: number;
  hiddenSize?: number;
  numHeads?: number;
  contextLength?: number;
  vocabSize?: number;
  dropout?: number;
  precision?: Precision;
}

class Block extends Module {
  readonly norm1: LayerNorm;
  readonly attention: CausalSelfAttention;
  readonly norm2: LayerNorm;
  readonly feedForward: FeedForward;
  readonly dropout: Dropout;

  constructor(config: Required<SmallGptConfig>) {
    super();
    const { hiddenSize, dropout, numLayers, numHeads, contextLength } = config;
    const init = { initWeight: gpt2Weight, initOutput: gpt2Residual(numLayers) };
    this.norm1 = new LayerNorm({ hiddenSize });
    this.attention = new CausalSelfAttention({ hiddenSize, numHeads, contextLength, ...init });
    this.norm2 = new LayerNorm({ hiddenSize });
    this.feedForward = new FeedForward({ hiddenSize, ...init });
    this.dropout = new Dropout(dropout);
  }

  forward(x: Tensor): Tensor {
    const attended = x.add(this.dropout.forward(this.attention.forward(this.norm1.forward(x))));
    const fed = this.feedForward.forward(this.norm2.forward(attended));
    return attended.add(this.dropout.forward(fed));
  }
}

/** Shapes: B batch, T positions, C hidden. */
export class SmallGpt extends Module {
  readonly tokens: Embedding; // also the output layer
  readonly positions: Embedding;
  readonly blocks: readonly Block[];
  readonly norm: LayerNorm;
  readonly config: Required<SmallGptConfig>;

  constructor(config: SmallGptConfig = {}) {
    super();
    const shape = { numLayers: 2, hiddenSize: 32, numHeads: 4, contextLength: 16, vocabSize: 64 };
    this.config = { ...shape, dropout: 0, precision: 'fp32', ...config };
    const { numLayers, hiddenSize, contextLength, vocabSize } = this.config;
    const table = { hiddenSize, initWeight: gpt2Weight };
    this.tokens = new Embedding({ numEmbeddings: vocabSize, ...table });
    this.positions = new Embedding({ numEmbeddings: contextLength, ...table });
    this.blocks = Array.from({ length: numLayers }, () => new Block(this.config));
    this.norm = new LayerNorm({ hiddenSize });
    setPrecision(this, this.config.precision);
  }

  /** tokens, int64[B, T] → the last hidden states [B, T, C] */
  forward(tokens: Tensor): Tensor {
    return this.norm.forward(
      this.blocks.reduce((x, block) => block.forward(x), this.embed(tokens)),
    );
  }

  embed(tokens: Tensor): Tensor {
    const positions = arange(tokens.size(1), { dtype: 'int64' });
    return this.tokens.forward(tokens).add(this.positions.forward(positions));
  }

  /** float32[B, T, vocabSize] */
  logits(tokens: Tensor): Tensor {
    return this.forward(tokens).matmul(this.tokens.weight.t());
  }

  /** The loss of last hidden states. */
  loss(hidden: Tensor, targets: Tensor, reduction: 'mean' | 'sum' = 'mean'): Tensor {
    const dtype = computeDtype(this.config.precision);
    return tokenLoss(hidden, this.tokens.weight, targets, { reduction, computeDtype: dtype });
  }

  /** The model in parts, from token ids to the last hidden states. */
  segments(): Segment[] {
    const blocks = this.blocks.map((block) => (x: Tensor) => block.forward(x));
    return [(tokens) => this.embed(tokens), ...blocks, (x) => this.norm.forward(x)];
  }
}

/** int64[B, T] tokens that follow a rule with noise, and what comes after each. */
export function makeBatch(model: SmallGpt, step: number, batchSize = 4): [Tensor, Tensor] {
  const { contextLength, vocabSize } = model.config;
  const shape = [batchSize, contextLength];
  const at = (row: number, position: number) => {
    const phase = (step * batchSize + row) * 7;
    return BigInt((phase + position * (1 + (row % 3)) + ((phase * position) % 5)) % vocabSize);
  };
  const rows = (offset: number) =>
    BigInt64Array.from({ length: batchSize * contextLength }, (_, i) =>
      at(Math.floor(i / contextLength), (i % contextLength) + offset),
    );
  return [tensor(rows(0), { shape }), tensor(rows(1), { shape })];
}

/** One step on the batch of that number; run it in a scope. */
export function trainStep(
  model: SmallGpt,
  optimizer: Optimizer,
  step: number,
  learningRate = 1e-3,
): number {
  manualSeed(step);
  const [tokens, targets] = makeBatch(model, step);
  const loss = model.loss(model.forward(tokens), targets);
  loss.backward();
  clipGradNorm(model.parameters(), 1);
  optimizer.step(learningRate);
  optimizer.zeroGrad();
  return loss.item();
}
