/**
 * A language model that gives an answer a number instead of a next token (Ziegler et al. 2019,
 * arXiv 1909.08593; Ouyang et al. 2022, arXiv 2203.02155, section 3.5).
 *
 * Shapes: B answers, T positions, C hidden.
 */
import {
  copyState,
  Module,
  normal,
  type OneRow,
  onDevice,
  withoutInit,
  zero,
} from '../nn/index.ts';
import { noGrad, type Tensor, tensor } from '../tensor/index.ts';
import { Gpt } from './gpt.ts';
import { type GptConfig, resolveGptConfig } from './gpt-config.ts';
import type { GptOptions } from './gpt-options.ts';
import { ScalarHead } from './scalar-head.ts';

export class RewardModel extends Module {
  /** Its embedding counts as tied: there is no output layer of its own to train or to store. */
  readonly gpt: Gpt;
  /** Without a bias, of which differences of rewards would tell nothing; see {@link shift}. */
  readonly head: ScalarHead;
  /**
   * Subtracted from every reward, so that demonstrations have 0 on average: without a fixed origin
   * the price of KL beside the reward has no fixed meaning. Kept in `config.json`.
   */
  shift = 0;
  /**
   * The hash of the weights of the model that it began as, so that it is not taken for one that belongs
   * to another. Kept in `config.json`.
   */
  baseSha256: string | undefined;

  /** The head begins as N(0, 1/√(C + 1)) (code of 2019); draws from the default generator. */
  constructor(config: GptConfig) {
    super();
    const { hiddenSize } = resolveGptConfig(config);
    this.gpt = new Gpt({ ...config, tiedEmbedding: true });
    this.head = new ScalarHead(hiddenSize, normal(1 / Math.sqrt(hiddenSize + 1)));
  }

  /** The reward of each beginning of the sequences: tokens, int64[B, T] → float32[B, T] */
  forward(tokens: Tensor): Tensor {
    return this.head.forward(this.gpt.forward(tokens)).sub(this.shift);
  }

  /**
   * The reward of whole sequences, read at their last token: the end of the answer.
   *
   * @param tokens int64[B, T], padded at the right with anything
   * @param lengths of each sequence, its end token included
   * @returns float32[B]
   */
  score(tokens: Tensor, lengths: readonly number[]): Tensor {
    const ends = lengths.map((length, row) => row * tokens.size(1) + length - 1);
    return this.#scoreAt(ends, tokens, {});
  }

  /**
   * As {@link score}, of sequences that stand one behind the other in one row without padding, on a
   * CPU: they do not see each other.
   */
  scoreRow({ tokens, ends, ...apart }: OneRow): Tensor {
    const last = ends.map((end) => end - 1);
    return this.#scoreAt(last, tokens, apart);
  }

  /** Of `ends`, numbers of places among all B · T, the hidden states become rewards. */
  #scoreAt(ends: readonly number[], tokens: Tensor, options: GptOptions): Tensor {
    const { device } = tokens;
    const outputPlaces = tensor([...ends], { dtype: 'int64', device });
    const end_BC = this.gpt.forward(tokens, { ...options, outputPlaces });
    return this.head.forward(end_BC).sub(this.shift);
  }
}

/**
 * A reward model that begins as a language model, such as the fine-tuned one, with a new head. Merge
 * adapters before.
 */
export function rewardModelOf(base: Gpt): RewardModel {
  const model = onDevice(base.tokenEmbedding.weight.device, () => new RewardModel(base.config));
  copyGpt(base, model.gpt);
  return model;
}

/** The value function of PPO: what the rest of an answer is expected to bring, at each of its tokens. */
export class ValueModel extends Module {
  readonly gpt: Gpt;
  readonly head: ScalarHead;

  /** The head is zero, so that every value is 0 at first (code of 2019). */
  constructor(config: GptConfig) {
    super();
    this.gpt = new Gpt({ ...config, tiedEmbedding: true });
    const { hiddenSize } = this.gpt.config;
    this.head = new ScalarHead(hiddenSize, zero, { bias: true });
  }

  /** hidden_*C of its own `gpt` → values, float32[*] */
  forward(hidden: Tensor): Tensor {
    return this.head.forward(hidden);
  }
}

/**
 * A value function that begins as a reward model, its head and shift included (InstructGPT), or as a
 * language model with a head of zeros. A random head would begin with noise for advantages.
 */
export function valueModelOf(source: RewardModel | Gpt): ValueModel {
  const gpt = source instanceof RewardModel ? source.gpt : source;
  const { device } = gpt.tokenEmbedding.weight;
  const model = onDevice(device, () => withoutInit(() => new ValueModel(gpt.config)));
  copyGpt(gpt, model.gpt);
  const { weight, bias } = model.head;
  noGrad(() => {
    if (source instanceof RewardModel) weight.copy_(source.head.weight);
    else weight.zero_();
    bias?.fill_(source instanceof RewardModel ? -source.shift : 0);
  });
  return model;
}

/** All weights but those of the output layer. */
function copyGpt(from: Gpt, to: Gpt): void {
  const state = from.stateDict();
  state.delete('outputLayer.weight');
  copyState(to.stateDict(), state);
}
