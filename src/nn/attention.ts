/**
 * Causal self-attention (Vaswani et al. 2017, arXiv 1706.03762, §3.2), in LibTorch's fused kernel.
 *
 * Shapes: B batch, T positions, C hidden, H heads, K key-value heads, D head size.
 */
import { attentionApart, cat, Tensor } from '../tensor/index.ts';
import { attend, attendCached } from './attend.ts';
import { isFasterApart, knowsApart } from './attention-apart.ts';
import { type CausalSelfAttentionConfig, checkAttention } from './attention-config.ts';
import { maskTensor } from './attention-mask.ts';
import type { AttentionOptions } from './attention-options.ts';
import { checkPositions } from './check.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';
import { RmsNorm } from './norm.ts';
import { Rope, type Rotation, rotate } from './rope.ts';

type Parts = [query: Tensor, key: Tensor, value: Tensor];

export class CausalSelfAttention extends Module {
  /** Query, keys and values in one matrix product: C → (H + 2·K)·D. */
  readonly queryKeyValue: Linear;
  readonly output: Linear; // H·D → C
  readonly queryNorm: RmsNorm | null;
  readonly keyNorm: RmsNorm | null;
  readonly rope: Rope | null;
  readonly config: CausalSelfAttentionConfig;
  readonly headSize: number;
  /** Of query, keys and values: H·D, K·D, K·D. */
  readonly partSizes: readonly [number, number, number];

  constructor(config: CausalSelfAttentionConfig) {
    super();
    checkAttention(config);
    const { hiddenSize, numHeads, numKvHeads = numHeads, contextLength, bias = true } = config;
    const { headSize = hiddenSize / numHeads, outputBias = bias } = config;
    this.config = config;
    this.headSize = headSize;
    this.partSizes = [numHeads * headSize, numKvHeads * headSize, numKvHeads * headSize];
    const init = config.initWeight === undefined ? {} : { initWeight: config.initWeight };
    const initOutput = config.initOutput ?? config.initWeight;
    this.queryKeyValue = new Linear({
      inFeatures: hiddenSize,
      outFeatures: (numHeads + 2 * numKvHeads) * headSize,
      bias,
      ...init,
    });
    this.output = new Linear({
      inFeatures: numHeads * headSize,
      outFeatures: hiddenSize,
      bias: outputBias,
      ...(initOutput === undefined ? {} : { initWeight: initOutput }),
    });
    const headNorm = { hiddenSize: headSize, epsilon: config.qkNormEpsilon ?? 1e-6 };
    this.queryNorm = config.qkNorm === true ? new RmsNorm(headNorm) : null;
    this.keyNorm = config.qkNorm === true ? new RmsNorm(headNorm) : null;
    this.rope =
      config.ropeBase === undefined
        ? null
        : new Rope({ headSize, contextLength, base: config.ropeBase });
  }

  /** x_BTC → [B, T, C]; with `outputPlaces` [N, C] */
  forward(x: Tensor, options: AttentionOptions = {}): Tensor {
    const attended = this.#attended(x, options).flatten(2);
    const { outputPlaces } = options;
    if (outputPlaces === undefined) return this.output.forward(attended);
    return this.output.forward(attended.flatten(0, 1).indexSelect(0, outputPlaces));
  }

  /** x_BTC → [B, T, H, D] */
  #attended(x: Tensor, options: AttentionOptions): Tensor {
    const { mask, rotation, documentLengths, cache, layer = 0 } = options;
    const { contextLength, slidingWindow } = this.config;
    const length = x.size(1);
    checkPositions(0, Math.max(...(documentLengths ?? [length])), contextLength);
    const [query, key, value] = this.#project(x, rotation ?? this.rope?.rotation(length));
    const parts: Parts = [query, key, value];
    const all = cache?.extend(layer, key, value, slidingWindow);
    if (documentLengths !== undefined) return this.#attendApart(parts, documentLengths);
    if (all !== undefined) return attendCached(query, all, slidingWindow, this.#dropout);
    const seen =
      mask instanceof Tensor ? mask : maskTensor(mask ?? {}, length, slidingWindow, x.device);
    if (seen === null && isFasterApart(query) && this.#canFuse([length])) {
      return this.#attendApart(parts, new Array(x.size(0)).fill(length));
    }
    return attend(query, { key, value, mask: seen }, this.#dropout);
  }

  /** Queries [B, H, T, D], keys and values [B, K, T, D]. */
  #project(x: Tensor, rotation: Rotation | undefined): Parts {
    const parts = this.queryKeyValue.forward(x).splitWithSizes(this.partSizes, -1);
    const [query, key, value] = parts.map((part) =>
      part.unflatten(-1, [-1, this.headSize]),
    ) as Parts;
    const place = (part_BTHD: Tensor, norm: RmsNorm | null) => {
      // The norm computes in float32; the kernel wants one dtype for all three.
      const normed =
        norm === null ? part_BTHD : norm.forward(part_BTHD).to({ dtype: part_BTHD.dtype });
      const turned = normed.transpose(1, 2);
      return rotation === undefined ? turned : rotate(turned, rotation);
    };
    return [place(query, this.queryNorm), place(key, this.keyNorm), value.transpose(1, 2)];
  }

  /** Each document by itself: no pair of positions is computed that does not see each other. */
  #attendApart(parts: Parts, lengths: readonly number[]): Tensor {
    const [batchSize, , length] = parts[0].shape as [number, number, number];
    const parts_NHD = parts.map((part_BHTD) => part_BHTD.transpose(1, 2).flatten(0, 1));
    const attended_NHD = this.#canFuse(lengths)
      ? attentionApart(...(parts_NHD as Parts), lengths)
      : this.#attendEach(parts_NHD, lengths);
    return attended_NHD.unflatten(0, [batchSize, length]);
  }

  #canFuse(lengths: readonly number[]): boolean {
    return knowsApart(this.config, this.#dropout > 0, lengths);
  }

  #attendEach(parts_NHD: readonly Tensor[], lengths: readonly number[]): Tensor {
    const documents = parts_NHD.map((part_NHD) => part_NHD.splitWithSizes(lengths, 0));
    const attended = lengths.map((length, i) => {
      const [query, key, value] = documents.map((parts_THD) =>
        (parts_THD[i] as Tensor).unsqueeze(0).transpose(1, 2),
      ) as Parts;
      const mask = maskTensor({}, length, this.config.slidingWindow, query.device);
      return attend(query, { key, value, mask }, this.#dropout).squeeze(0);
    });
    return cat(attended);
  }

  get #dropout(): number {
    return this.training ? (this.config.dropout ?? 0) : 0;
  }
}
