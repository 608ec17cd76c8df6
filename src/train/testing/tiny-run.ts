/** The smallest training run that is one: linear regression on noisy samples, AdamW. */
import { createHash } from 'node:crypto';
import { SeededRandom } from '../../base/index.ts';
import { Linear } from '../../nn/index.ts';
import { AdamW } from '../../optim/index.ts';
import { manualSeed, type Tensor, tensor } from '../../tensor/index.ts';
import type { SampleRange, TrainConfig, TrainTask } from '../train-config.ts';
import { TrainState } from '../train-state.ts';

const inSize = 4;
const tokensPerSample = 256;

/** Changes the loss of a micro-batch; the loss or its gradient may become anything. */
export type Spoiler = (lossSum: Tensor, weight: Tensor, range: SampleRange) => Tensor;

export class TinyRun implements Disposable {
  readonly state = new TrainState();
  readonly task: TrainTask<SampleRange>;
  readonly model: Linear;
  readonly optimizer: AdamW;
  /** What a checkpoint gives its tensors back to. */
  readonly targets: { 'model.safetensors': Linear; 'training-state.safetensors': AdamW };

  constructor(spoil: Spoiler = (lossSum) => lossSum) {
    manualSeed(1);
    const model = new Linear({ inFeatures: inSize, outFeatures: 1, bias: false });
    const parameters = model.parameters();
    this.model = model;
    this.optimizer = new AdamW([{ parameters }]);
    this.targets = { 'model.safetensors': model, 'training-state.safetensors': this.optimizer };
    const lossOf = (range: SampleRange) => {
      const lossSum = spoil(squaredError(model, range.firstSample), model.weight, range);
      return { lossSum, numTokens: tokensPerSample };
    };
    const loadMicroBatch = (range: SampleRange) => range;
    this.task = { parameters, optimizer: this.optimizer, loadMicroBatch, lossOf };
  }

  config(numSteps: number, change: Partial<TrainConfig> = {}): TrainConfig {
    const batch = { microBatchSize: 1, numMicroBatches: 1, clipNorm: 1 };
    return { numSteps, ...batch, schedule: () => 0.01, seed: 1, ...change };
  }

  /** What a store saves. */
  content() {
    const tensors = Object.entries(this.targets).map(
      ([name, of]) => [name, of.stateDict()] as const,
    );
    return { state: this.state.snapshot(), tensors: Object.fromEntries(tensors) };
  }

  /** Of weights, moments and the optimizer's count of steps. */
  hash(): string {
    const hash = createHash('sha256');
    for (const tensors of Object.values(this.content().tensors)) {
      for (const [name, value] of tensors) hash.update(name).update(value.toTypedArray());
    }
    return hash.digest('hex');
  }

  [Symbol.dispose](): void {
    this.model.dispose();
    this.optimizer.dispose();
  }
}

/** Over the tokens of one sample, whose noise is a function of its index. */
function squaredError(model: Linear, sample: number): Tensor {
  const random = new SeededRandom(sample);
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  const inputs = tensor(draw(tokensPerSample * inSize), { shape: [tokensPerSample, inSize] });
  const noise = tensor(draw(tokensPerSample));
  return model.forward(inputs).squeeze(1).sub(inputs.sum(1).add(noise)).square().sum();
}
