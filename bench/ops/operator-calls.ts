/** Small operators, where the way from JavaScript to the kernel is most of the cost. */
import {
  linear,
  randn,
  scaledDotProductAttention,
  scope,
  type Tensor,
  tensor,
} from '../../src/tensor/index.ts';
import { equal, inProcess, type Measurement, microseconds, raceOf } from '../harness/index.ts';

/** The names are also those of the workloads in ops_peer.py. */
export const operatorCalls: readonly Measurement[] = [
  operatorCall('add, 2 elements', 1, () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    // A hundred calls to a scope: code that calls operators this small has many in each.
    return { inputs: [a, b], callsPerScope: 100, call: () => a.add(b) };
  }),
  operatorCall('linear 512', equal, () => {
    const [x, weight, bias] = [randn([64, 512]), randn([512, 512]), randn([512])];
    return { inputs: [x, weight, bias], call: () => linear(x, weight, bias) };
  }),
  operatorCall('attention, small', equal, () => attention([2, 4, 64, 32])),
  operatorCall('attention, large', equal, () => attention([4, 6, 256, 64])),
  operatorCall('chain of 100, forward and backward', 1, () => {
    const [x, factor, offset] = [randn([64]), randn([64]), randn([64])];
    x.requiresGrad = true;
    const call = () => {
      x.grad = null;
      let y: Tensor = x;
      for (let i = 0; i < 25; i++) y = y.mul(factor).add(offset).tanh().neg();
      y.sum().backward();
    };
    return { inputs: [x, factor, offset], call };
  }),
];

interface OperatorCall {
  inputs: readonly Tensor[];
  call: () => unknown;
  callsPerScope?: number;
}

function operatorCall(name: string, target: number, prepare: () => OperatorCall): Measurement {
  return raceOf(name, ({ peer }) => {
    const { inputs, call, callsPerScope = 1 } = prepare();
    const work = (numIterations: number) => {
      for (let done = 0; done < numIterations; done += callsPerScope) {
        const numCalls = Math.min(callsPerScope, numIterations - done);
        scope(() => {
          for (let i = 0; i < numCalls; i++) call();
        });
      }
    };
    return {
      scale: microseconds,
      target,
      ours: inProcess('Athanor', work),
      theirs: peer?.contestant(name),
      close: () => {
        for (const input of inputs) input.dispose();
      },
    };
  });
}

/** Causal attention over [batch, heads, tokens, head size]. */
function attention(size: readonly number[]): OperatorCall {
  const [query, key, value] = [randn(size), randn(size), randn(size)];
  const call = () => scaledDotProductAttention(query, key, value, null, 0, true);
  return { inputs: [query, key, value], call };
}
