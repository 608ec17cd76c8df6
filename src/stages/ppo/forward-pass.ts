/**
 * The training forward of policy and value function over some answers. It is made when they are
 * measured, before the first step, and once more for each step that learns from them; but for the first
 * step, whose weights are still those of the measurement, there is nothing to compute again.
 *
 * Shapes: N tokens of the answers, C hidden.
 */
import {
  logprobsAndEntropies,
  type PackedAnswers,
  packedStates,
  type TokenLogprobOptions,
} from '../../rl/index.ts';
import { cudaMemoryStats, keep, memoryStats, noGrad, type Tensor } from '../../tensor/index.ts';
import type { FullPpoConfig } from './config.ts';
import type { PpoModels } from './roles.ts';

export interface ForwardPass {
  /** Of the policy, [N, C]. */
  states: Tensor;
  /** [N] each. */
  logprobs: Tensor;
  entropies: Tensor;
  values: Tensor;
}

/**
 * @param keeps asked when the policy is done and again when the value function is: whether what they
 *   computed on the way may stay, so that it can be differentiated
 */
export function forwardPass(
  { models, logprobOptions }: { models: PpoModels; logprobOptions: TokenLogprobOptions },
  batch: PackedAnswers,
  keeps: () => boolean,
): ForwardPass {
  const { policy, valueModel } = models;
  const ofPolicy = withGraph(keeps, () => {
    const states = packedStates(policy, batch);
    const { outputLayer } = policy;
    const tokens = batch.packedTokens;
    return { states, ...logprobsAndEntropies(states, outputLayer, tokens, logprobOptions) };
  });
  const values = withGraph(keeps, () => valueModel.forward(packedStates(valueModel.gpt, batch)));
  return { ...ofPolicy, values };
}

function withGraph<T>(keeps: () => boolean, body: () => T): T {
  return keeps() ? body() : noGrad(body);
}

/**
 * Forward passes of the first step with all that their backward passes need, as long as that fits into
 * `keptGraphBytes`. What does not is computed again, to the same bits. `dispose` it whatever happens.
 */
export class KeptPasses {
  readonly #config: Pick<FullPpoConfig, 'device' | 'keptGraphBytes'>;
  readonly #bytesBefore: number;
  /** Of the largest pass. */
  #passBytes = 0;
  readonly #passes = new Map<readonly number[], Omit<ForwardPass, 'entropies'>>();

  constructor(config: Pick<FullPpoConfig, 'device' | 'keptGraphBytes'>) {
    this.#config = config;
    this.#bytesBefore = liveBytes(config);
  }

  /**
   * Makes a pass in the scope around this one, and keeps it where that is wanted and fits.
   * @param places by which it is known: this very array
   * @param forward is given what {@link forwardPass} asks
   */
  make(
    places: readonly number[],
    isWanted: boolean,
    forward: (keeps: () => boolean) => ForwardPass,
  ): ForwardPass {
    const before = this.#numBytes;
    const { keptGraphBytes } = this.#config;
    const hasRoom = isWanted && before + this.#passBytes < keptGraphBytes;
    // A pass may turn out too large when its first half is done.
    const keeps = () => hasRoom && this.#numBytes < keptGraphBytes;
    const { entropies, ...pass } = forward(keeps);
    this.#passBytes = Math.max(this.#passBytes, this.#numBytes - before);
    if (keeps()) {
      for (const tensor of Object.values(pass)) keep(tensor);
      this.#passes.set(places, pass);
    }
    return { ...pass, entropies };
  }

  /** The pass over these places, if it was kept. */
  of(places: readonly number[]): Omit<ForwardPass, 'entropies'> | undefined {
    return this.#passes.get(places);
  }

  /** Frees a pass, once it was learned from. */
  drop(places: readonly number[]): void {
    for (const tensor of Object.values(this.#passes.get(places) ?? {})) tensor.dispose();
    this.#passes.delete(places);
  }

  dispose(): void {
    for (const places of [...this.#passes.keys()]) this.drop(places);
  }

  get #numBytes(): number {
    return liveBytes(this.#config) - this.#bytesBefore;
  }
}

function liveBytes({ device }: Pick<FullPpoConfig, 'device'>): number {
  return device === 'cpu' ? memoryStats().liveBytes : cudaMemoryStats().liveBytes;
}
