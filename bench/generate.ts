/**
 * Greedy decoding with a cache, one sequence, GPT-2 124M with random weights, against `generate` of
 * transformers: ours at float32 and in the dtype that `auto` chooses on this machine.
 */
import { generateTokens, prepareForInference } from '../src/generate/index.ts';
import { Gpt, presetConfig } from '../src/model/index.ts';
import { computeDtype, type Precision } from '../src/nn/index.ts';
import { buildInfo, manualSeed, numThreads } from '../src/tensor/index.ts';
import { type Benchmark, inProcess, type Measurement, perSecond, race } from './harness/index.ts';

const numTokens = 64;
const promptLength = 32;

export const benchmark: Benchmark = {
  description: 'tokens per second of greedy decoding, against transformers',
  peerScript: new URL('./generate_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    const auto = `auto is ${computeDtype('auto', 'cpu')}`;
    return {
      threads: numThreads(),
      versions: `LibTorch ${libtorchVersion} (${cpuCapability}), ${auto}`,
    };
  },
  measurements: [
    decoding('fp32', 'fp32', 1.15),
    decoding('auto', 'fp32', 2),
    decoding('auto', 'bf16', 1.2),
  ],
};

function decoding(precision: Precision, theirPrecision: string, target: number): Measurement {
  const name = `GPT-2 124M, batch 1, ${precision} against ${theirPrecision}`;
  return {
    name,
    async measure(context) {
      manualSeed(1);
      using model = new Gpt(presetConfig('gpt2-124m'));
      prepareForInference(model, precision);
      const { vocabSize } = model.config;
      const prompt = Array.from({ length: promptLength }, (_, i) => (i * 37) % vocabSize);
      const request = { prompt, maxTokens: numTokens, temperature: 0 };
      const ours = inProcess('Athanor', async (numIterations) => {
        for (let i = 0; i < numIterations; i++) await generateTokens(model, [request]);
      });
      const workload = `${theirPrecision} ${promptLength} ${numTokens}`;
      const theirs = context.peer?.contestant(workload);
      const scale = perSecond(numTokens, 'tokens');
      return [await race({ name, scale, target, ours, theirs }, context)];
    },
  };
}
