/** Gradients by segments and by micro-batches equal those of one plain backward pass. */
import { beforeAll, describe, expect, test } from 'vitest';
import { backwardBySegments } from '../src/nn/index.ts';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import {
  liveTensors,
  manualSeed,
  memoryStats,
  resetPeakMemory,
  scope,
  setNumThreads,
  type Tensor,
} from '../src/tensor/index.ts';
import { makeBatch, SmallGpt, type SmallGptConfig } from './small-gpt.ts';

beforeAll(() => setNumThreads(1));

function prepare(config: SmallGptConfig = {}) {
  manualSeed(1);
  const model = new SmallGpt(config);
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
  return { model, optimizer };
}

function dispose(...owners: { dispose(): void }[]): void {
  for (const owner of owners) owner.dispose();
}

describe('backwardBySegments', () => {
  const gradients = (model: SmallGpt) =>
    [...model.parameters()].map(([name, { grad }]) => [name, grad?.toTypedArray()]);

  test.each([0, 0.3])('equals the plain backward pass, dropout %d', (dropout) => {
    scope(() => {
      const { model, optimizer } = prepare({ dropout });
      const [tokens, targets] = makeBatch(model, 0);
      const segments = model.segments();
      // The plain pass seeds as the segments do, so that the same elements drop.
      const hidden = segments.reduce((x, segment, i) => {
        manualSeed(7 + i);
        return segment(x);
      }, tokens);
      const loss = model.loss(hidden, targets);
      loss.backward();
      const plain = gradients(model);
      optimizer.zeroGrad();
      const value = backwardBySegments(segments, tokens, (x) => model.loss(x, targets), 7n);
      expect(value).toBe(loss.item());
      expect(gradients(model)).toEqual(plain);
      optimizer.zeroGrad();
      dispose(model, optimizer);
    });
  });

  test('needs less memory, and adds the gradient of a float input', () => {
    scope(() => {
      const { model, optimizer } = prepare({ numLayers: 8, contextLength: 64 });
      const [tokens, targets] = makeBatch(model, 0, 8);
      const peak = (body: () => void) => {
        const before = memoryStats().liveBytes;
        resetPeakMemory();
        scope(body);
        optimizer.zeroGrad();
        return memoryStats().peakBytes - before;
      };
      const lossOf = (x: Tensor) => model.loss(x, targets);
      const plain = peak(() => lossOf(model.forward(tokens)).backward());
      const bySegment = peak(() => backwardBySegments(model.segments(), tokens, lossOf, 1n));
      expect(bySegment).toBeLessThan(plain / 2);
      const embedded = model.embed(tokens).detach();
      embedded.requiresGrad = true;
      lossOf(
        model
          .segments()
          .slice(1)
          .reduce((x, segment) => segment(x), embedded),
      ).backward();
      const expected = embedded.grad?.mul(2).toTypedArray();
      backwardBySegments(model.segments().slice(1), embedded, lossOf, 1n);
      expect(embedded.grad?.toTypedArray()).toEqual(expected);
      optimizer.zeroGrad();
      dispose(model, optimizer);
    });
  });

  test('leaves nothing behind when a segment throws', () => {
    const { model, optimizer } = prepare();
    scope(() => {
      const [tokens, targets] = makeBatch(model, 0);
      const numLive = liveTensors();
      const failing = [
        ...model.segments(),
        () => {
          throw new Error('stop');
        },
      ];
      const run = () => backwardBySegments(failing, tokens, (x) => model.loss(x, targets), 1n);
      expect(run).toThrow('stop');
      expect(liveTensors()).toBe(numLive);
    });
    dispose(model, optimizer);
  });
});

test('accumulated gradients, divided by the tokens of the step, equal those of one batch', () => {
  scope(() => {
    const { model, optimizer } = prepare();
    const [tokens, targets] = makeBatch(model, 0, 8);
    // Micro-batches with unequal numbers of tokens that count.
    targets.narrow(0, 0, 3).narrow(1, 2, 14).fill_(-100);
    const numTokens = 8 * 16 - 3 * 14;
    model.loss(model.forward(tokens), targets).backward();
    const whole = [...model.parameters()].map(([name, { grad }]) => ({
      name,
      grad: grad as Tensor,
    }));
    optimizer.zeroGrad();
    for (let row = 0; row < 8; row += 2) {
      const hidden = model.forward(tokens.narrow(0, row, 2));
      model
        .loss(hidden, targets.narrow(0, row, 2), 'sum')
        .div(numTokens)
        .backward();
    }
    for (const { name, grad } of whole) {
      const sum = model.parameters().get(name)?.grad as Tensor;
      expect(sum.sub(grad).abs().max().item(), name).toBeLessThan(1e-6);
    }
    optimizer.zeroGrad();
    dispose(model, optimizer);
  });
});
