import {
  type AttentionOptions,
  CausalSelfAttention,
  Dropout,
  FeedForward,
  gpt2Residual,
  gpt2Weight,
  LayerNorm,
  Module,
  RmsNorm,
} from '../nn/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { ResolvedGptConfig } from './gpt-config.ts';

/** One layer: attention between positions, then a network at each position, both added to x. */
export class Block extends Module {
  readonly norm1: LayerNorm | RmsNorm;
  readonly attention: CausalSelfAttention;
  readonly norm2: LayerNorm | RmsNorm;
  readonly feedForward: FeedForward;
  readonly dropout: Dropout;
  readonly postNorm: boolean;
  /** Its number in the model, from 0. */
  readonly layer: number;

  constructor(config: ResolvedGptConfig, layer: number) {
    super();
    this.layer = layer;
    this.postNorm = config.postNorm;
    this.norm1 = makeNorm(config);
    this.attention = new CausalSelfAttention({
      ...attentionConfig(config, layer),
      ...init(config),
    });
    this.norm2 = makeNorm(config);
    this.feedForward = new FeedForward({
      hiddenSize: config.hiddenSize,
      intermediateSize: config.feedForwardSize,
      activation: config.activation,
      bias: config.bias,
      ...init(config),
    });
    this.dropout = new Dropout(config.dropout);
  }

  /** x_BTC → [B, T, C]; with `outputPlaces` [N, C] */
  forward(x: Tensor, options: Omit<AttentionOptions, 'layer'> = {}): Tensor {
    const attend = (y: Tensor) => this.attention.forward(y, { ...options, layer: this.layer });
    const { outputPlaces } = options;
    const kept = outputPlaces === undefined ? x : x.flatten(0, 1).indexSelect(0, outputPlaces);
    if (this.postNorm) {
      const attended = this.norm1.forward(kept.add(this.dropout.forward(attend(x))));
      const fed = this.dropout.forward(this.feedForward.forward(attended));
      return this.norm2.forward(attended.add(fed));
    }
    const attended = kept.add(this.dropout.forward(attend(this.norm1.forward(x))));
    const fed = this.feedForward.forward(this.norm2.forward(attended));
    return attended.add(this.dropout.forward(fed));
  }
}

/** LayerNorm or RMSNorm over the hidden size. */
export function makeNorm(config: ResolvedGptConfig): LayerNorm | RmsNorm {
  const { hiddenSize, norm, normEpsilon: epsilon } = config;
  return norm === 'layer'
    ? new LayerNorm({ hiddenSize, epsilon })
    : new RmsNorm({ hiddenSize, epsilon });
}

/** The positions that a layer sees; undefined for all. Layers 1, 3, … are banded. */
export function windowOf(config: ResolvedGptConfig, layer: number): number | undefined {
  return config.bandedAttention !== null && layer % 2 === 1 ? config.bandedAttention : undefined;
}

function attentionConfig(config: ResolvedGptConfig, layer: number) {
  const { hiddenSize, numHeads, numKvHeads, headSize, contextLength } = config;
  const slidingWindow = windowOf(config, layer);
  return {
    ...{ hiddenSize, numHeads, numKvHeads, headSize, contextLength },
    bias: config.bias,
    dropout: config.dropout,
    qkNorm: config.qkNorm,
    qkNormEpsilon: config.normEpsilon,
    ...(slidingWindow === undefined ? {} : { slidingWindow }),
  };
}

/** GPT-2 scales what writes into the residual stream; with norms behind the sums it does not grow. */
function init({ numLayers, postNorm }: ResolvedGptConfig) {
  return { initWeight: gpt2Weight, initOutput: postNorm ? gpt2Weight : gpt2Residual(numLayers) };
}
