/** An exponential moving average of weights (Polyak & Juditsky 1992), for evaluation. */
import { copyState } from '../nn/index.ts';
import { foreachCopy_, foreachLerp_, keep, noGrad, type Tensor } from '../tensor/index.ts';
import { checkNotNegative } from './parameter-group.ts';

export class Ema {
  readonly #decay: number;
  readonly #parameters: Tensor[];
  readonly #averages: Map<string, Tensor>;

  /**
   * Starts at the current values.
   * @param decay the share of the old average that each update keeps, 0 to below 1
   */
  constructor(parameters: ReadonlyMap<string, Tensor>, decay: number) {
    checkNotNegative('Ema.decay', decay < 1 ? decay : Number.NaN);
    this.#decay = decay;
    this.#parameters = [...parameters.values()];
    this.#averages = noGrad(
      () => new Map([...parameters].map(([name, value]) => [name, keep(value.clone())])),
    );
  }

  /** average ← decay · average + (1 - decay) · parameter. Call it after each step. */
  update(): void {
    noGrad(() => foreachLerp_([...this.#averages.values()], this.#parameters, 1 - this.#decay));
  }

  /** Runs `body` with the averages in the parameters' place, then puts the parameters back. */
  swapped<T>(body: () => T): T {
    const averages = [...this.#averages.values()];
    const saved = noGrad(() => this.#parameters.map((parameter) => parameter.clone()));
    noGrad(() => foreachCopy_(this.#parameters, averages));
    try {
      return body();
    } finally {
      noGrad(() => foreachCopy_(this.#parameters, saved));
      for (const tensor of saved) tensor.dispose();
    }
  }

  stateDict(): Map<string, Tensor> {
    return new Map(this.#averages);
  }

  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    copyState(this.#averages, state);
  }

  dispose(): void {
    for (const average of this.#averages.values()) average.dispose();
  }
}
