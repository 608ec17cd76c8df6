import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { textPerplexities } from '../../evaluate/index.ts';
import { exportModel, Gpt } from '../../model/index.ts';
import { manualSeed } from '../../tensor/index.ts';
import { Tokenizer } from '../../tokenizer/index.ts';
import { ModelScorer } from './model-scorer.ts';

/** Bytes as tokens. */
function byteTokenizer(): Tokenizer {
  return new Tokenizer({
    splitter: 'gpt2',
    tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    merges: 'ranks',
    wholePieces: true,
    specialTokens: new Map([['<|endoftext|>', 256]]),
  });
}

test('scores as the model in the folder does, and is called by what decides alone', async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-scorer-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  manualSeed(5);
  const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 32, vocabSize: 257 };
  const model = new Gpt(size).eval();
  const tokenizer = byteTokenizer();
  exportModel(model, tokenizer, join(folder, 'model'));
  using scorer = new ModelScorer(join(folder, 'model'));
  await scorer.identify();
  const { id } = scorer;
  const texts = ['春眠不觉晓', 'spring'];
  expect(await scorer.perplexitiesOf(texts)).toEqual(textPerplexities(model, tokenizer, texts));
  model.dispose();
  fs.writeFileSync(join(folder, 'model/training-state.safetensors'), 'x');
  await scorer.identify();
  expect(scorer.id).toBe(id);
  fs.appendFileSync(join(folder, 'model/tokenizer.json'), '\n');
  await scorer.identify();
  expect(scorer.id).not.toBe(id);
  await expect(new ModelScorer(join(folder, 'none')).identify()).rejects.toThrow(/none must be/);
});
