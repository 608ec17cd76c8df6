/** Models that transformers saved (tools/fixtures/model.py) compute its logits here. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noGrad, scope, setNumThreads, tensor } from '../../tensor/index.ts';
import { generationConfigOf, loadGpt } from '../index.ts';

interface Expected {
  tokens: number[][];
  logits: number[][][];
}

const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url).pathname;

test.each(['gpt2', 'gpt2-untied', 'llama', 'llama-tied', 'qwen3', 'qwen3-tied'])(
  'the logits of %s',
  (name) => {
    setNumThreads(1);
    using model = loadGpt(fixture(name));
    const text = readFileSync(fixture(`${name}/expected.json`), 'utf8');
    const { tokens, logits } = JSON.parse(text) as Expected;
    const ours = noGrad(() =>
      scope(() => {
        const hidden = model.forward(tensor(tokens, { dtype: 'int64' }));
        return model.logits(hidden).toArray();
      }),
    ) as number[][][];
    const errors = ours.flat(2).map((value, i) => Math.abs(value - (logits.flat(2)[i] ?? NaN)));
    expect(errors.length).toBe(2 * 10 * 24);
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  },
);

test('the stop token of generation_config.json', () => {
  const text = readFileSync(fixture('gpt2/generation_config.json'), 'utf8');
  expect(generationConfigOf(JSON.parse(text))).toEqual({ stopTokens: [7] });
});
