/**
 * The decoder-only Transformer of the GPT family (Radford et al. 2018, 2019; Brown et al. 2020,
 * arXiv 2005.14165) and, by its config, of the Llama and Qwen family.
 *
 * Shapes: B batch, T positions, C hidden, V vocabulary; `*` any dimensions.
 */
import {
  Dropout,
  Embedding,
  gpt2Weight,
  type LayerNorm,
  Linear,
  Module,
  type RmsNorm,
  Rope,
  type Segment,
  type TokenLossOptions,
  tokenLoss,
} from '../nn/index.ts';
import { arange, type Tensor } from '../tensor/index.ts';
import { Block, makeNorm } from './block.ts';
import { type GptConfig, type ResolvedGptConfig, resolveGptConfig } from './gpt-config.ts';
import { attentionOptions, type GptOptions } from './gpt-options.ts';

/** What the loss of hidden states and of tokens can be asked for. */
export type GptLossOptions = Pick<TokenLossOptions, 'reduction'>;

export class Gpt extends Module {
  readonly config: ResolvedGptConfig;
  readonly tokenEmbedding: Embedding;
  readonly positionEmbedding: Embedding | null;
  readonly blocks: readonly Block[];
  readonly finalNorm: LayerNorm | RmsNorm | null;
  readonly outputLayer: Linear;
  readonly rope: Rope | null;
  readonly dropout: Dropout;

  /** Initial weights as GPT-2's; draws from the default generator: seed it first. */
  constructor(config: GptConfig) {
    super();
    this.config = resolveGptConfig(config);
    const { numLayers, hiddenSize, contextLength, vocabSize, headSize } = this.config;
    const { positions, ropeBase, tiedEmbedding } = this.config;
    const table = { hiddenSize, initWeight: gpt2Weight };
    this.tokenEmbedding = new Embedding({ numEmbeddings: vocabSize, ...table });
    this.positionEmbedding =
      positions === 'learned' ? new Embedding({ numEmbeddings: contextLength, ...table }) : null;
    this.blocks = Array.from({ length: numLayers }, (_, layer) => new Block(this.config, layer));
    this.finalNorm = this.config.postNorm ? null : makeNorm(this.config);
    this.outputLayer = new Linear({
      inFeatures: hiddenSize,
      outFeatures: vocabSize,
      bias: false,
      initWeight: gpt2Weight,
      ...(tiedEmbedding ? { sharedWeight: this.tokenEmbedding.weight } : {}),
    });
    // One table for all layers: at long contexts a table for each would outweigh them.
    this.rope = positions === 'rope' ? new Rope({ headSize, contextLength, base: ropeBase }) : null;
    this.dropout = new Dropout(this.config.dropout);
  }

  /**
   * tokens, int64[B, T] → hidden states after the final norm, float32[B, T, C]; with `outputPlaces`
   * [N, C]
   */
  forward(tokens: Tensor, options: GptOptions = {}): Tensor {
    const attention = attentionOptions(this, tokens.size(1), tokens.device, options);
    const embedded = this.#embed(tokens, options.positions);
    return this.#norm(
      this.blocks.reduce((x, block) => block.forward(x, attention[block.layer]), embedded),
    );
  }

  /** Scores of the next token: hidden_*C → float32[*, V]. */
  logits(hidden: Tensor): Tensor {
    return this.outputLayer.forward(hidden).to({ dtype: 'float32' });
  }

  /** The loss of predicting targets, int64[B, T] with -100 for what does not count → a scalar. */
  loss(tokens: Tensor, targets: Tensor, options: GptOptions & GptLossOptions = {}): Tensor {
    return this.lossOfHidden(this.forward(tokens, options), targets, options);
  }

  /** As {@link loss}, of hidden states, without ever holding all logits. */
  lossOfHidden(
    hidden: Tensor,
    targets: Tensor,
    { reduction = 'mean' }: GptLossOptions = {},
  ): Tensor {
    const { weight, computeDtype } = this.outputLayer;
    return tokenLoss(hidden, weight, targets, { reduction, computeDtype });
  }

  /**
   * The model in parts, from token ids to the hidden states of {@link forward}: for
   * `backwardBySegments`, which keeps the intermediate results of one part at a time.
   * @param length T
   */
  segments(length: number, options: Omit<GptOptions, 'cache'> = {}): Segment[] {
    const { device } = this.tokenEmbedding.weight;
    const attention = attentionOptions(this, length, device, options);
    const blocks = this.blocks.map(
      (block) => (x: Tensor) => block.forward(x, attention[block.layer]),
    );
    return [(tokens) => this.#embed(tokens, options.positions), ...blocks, (x) => this.#norm(x)];
  }

  protected override tiedPaths(): readonly string[] {
    return this.config.tiedEmbedding ? ['outputLayer.weight'] : [];
  }

  #embed(tokens: Tensor, positions: Tensor | undefined): Tensor {
    const embedded = this.tokenEmbedding.forward(tokens);
    if (this.positionEmbedding === null) return this.dropout.forward(embedded);
    const places = positions ?? arange(tokens.size(1), { dtype: 'int64', device: tokens.device });
    return this.dropout.forward(embedded.add(this.positionEmbedding.forward(places)));
  }

  #norm(x: Tensor): Tensor {
    return this.finalNorm?.forward(x) ?? x;
  }
}
