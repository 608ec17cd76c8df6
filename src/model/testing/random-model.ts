/** Small models of every architecture with random weights, and a tokenizer of bytes. */
import { manualSeed, noGrad, scope, tensor } from '../../tensor/index.ts';
import { Tokenizer } from '../../tokenizer/index.ts';
import { Gpt, type GptConfig, modern } from '../index.ts';

const none = new Int32Array(0);
export const tokenizer = new Tokenizer({
  tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  merges: { left: none, right: none, result: none },
  wholePieces: false,
  splitter: 'gpt2',
  specialTokens: new Map([['<|endoftext|>', 256]]),
});
export const size = {
  numLayers: 2,
  hiddenSize: 16,
  numHeads: 4,
  contextLength: 12,
  vocabSize: 260,
};
export const kinds: Record<string, GptConfig> = {
  gpt2: { ...size, tiedEmbedding: false },
  llama: modern({ ...size, qkNorm: false, bias: true }),
  qwen3: modern({ ...size, headSize: 6 }),
  gpt1: { ...size, postNorm: true },
};
export const tokens = [[84, 104, 101, 32, 256, 3, 9]];

export function randomModel(config: GptConfig): Gpt {
  manualSeed(5);
  const model = new Gpt(config).eval();
  noGrad(() => {
    for (const parameter of model.parameters().values()) parameter.normal_(0, 0.4);
  });
  return model;
}

export function logitsOf(model: Gpt): number[] {
  const logits = noGrad(() =>
    scope(() => model.logits(model.forward(tensor(tokens, { dtype: 'int64' }))).toArray()),
  );
  return (logits as number[][][]).flat(2);
}
