import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { tier } from '../../tests/tier.ts';
import { setPrecision } from '../nn/index.ts';
import {
  liveTensors,
  manualSeed,
  noGrad,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
} from '../tensor/index.ts';
import {
  exportModel,
  exportRewardModel,
  type GptConfig,
  loadRewardModel,
  modern,
  RewardModel,
  rewardModelOf,
  rewardsOf,
  scoreSequences,
  valueModelOf,
} from './index.ts';
import { rewardsByLength } from './rewards-of.ts';
import { kinds, randomModel, size, tokenizer } from './testing/random-model.ts';

beforeAll(() => setNumThreads(1));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-reward-'));
  return () => rmSync(folder, { recursive: true });
});

const sequences = [[84, 104, 101], [32, 5, 3, 9, 1, 7, 10], [9], [84, 104, 101, 7, 10]];

function rewardModel(config: GptConfig): RewardModel {
  using base = randomModel(config);
  const model = rewardModelOf(base);
  model.shift = 0.75;
  model.baseSha256 = 'ab12';
  return model;
}

test.each(Object.entries(kinds))('%s: saved, loaded, and the same scores', (_, config) => {
  const before = liveTensors();
  const model = rewardModel(config);
  const scores = scoreSequences(model, sequences);
  expect(new Set(scores).size).toBe(sequences.length);
  const names = exportRewardModel(model, tokenizer, folder, { maxShardBytes: 30_000 });
  expect(names).toContain('config.json');
  const loaded = loadRewardModel(folder);
  expect(loaded.shift).toBe(0.75);
  expect(loaded.baseSha256).toBe('ab12');
  expect(scoreSequences(loaded, sequences)).toEqual(scores);
  for (const each of [model, loaded]) each.dispose();
  expect(liveTensors()).toBe(before);
});

test('a score is read at the last token, whoever shares the batch', () => {
  using model = rewardModel(kinds.qwen3 as GptConfig);
  const together = scoreSequences(model, sequences);
  for (const [i, sequence] of sequences.entries()) {
    const [alone = Number.NaN] = scoreSequences(model, [sequence]);
    expect(Math.abs(alone - (together[i] ?? 0))).toBeLessThan(1e-5);
    const all = noGrad(() =>
      scope(() =>
        model
          .forward(tensor([sequence], { dtype: 'int64' }))
          .select(0, 0)
          .toArray(),
      ),
    ) as number[];
    expect(Math.abs((all.at(-1) ?? 0) - alone)).toBeLessThan(1e-5);
  }
  expect(scoreSequences(model, sequences, { maxTokens: 1 })).toHaveLength(4);
  expect(() => scoreSequences(model, [[]])).toThrow(/sequence 0 to score must have from 1 to 12/);
  expect(() => scoreSequences(model, [new Array(13).fill(1)])).toThrow(/got 13\n {2}hint/);
});

test.each([
  ['in one row', (model: RewardModel) => rewardsOf(model, sequences)],
  ['padded by length', (model: RewardModel) => rewardsByLength(model, sequences, 'cpu')],
])(
  'rewards to differentiate, %s, are those of each sequence alone, and so are their gradients',
  (_, rewardsOfAll) => {
    using model = rewardModel(kinds.qwen3 as GptConfig);
    /** Gradients add up from call to call. */
    const gradientAfter = (loss: () => Tensor) =>
      scope(() => {
        loss().backward();
        const rows = (model.gpt.tokenEmbedding.weight.grad?.toArray() ?? []) as number[][];
        return rows.flat();
      });
    const weights = [1, -2, 3, 0.5];
    scope(() => {
      const rewards = rewardsOfAll(model).toArray() as number[];
      const alone = scoreSequences(model, sequences);
      for (const [i, reward] of rewards.entries()) expect(reward).toBeCloseTo(alone[i] ?? 0, 5);
    });
    const together = gradientAfter(() => rewardsOfAll(model).mul(tensor(weights)).sum());
    const both = gradientAfter(() =>
      sequences
        .map((one, i) =>
          model.score(tensor([one], { dtype: 'int64' }), [one.length]).mul(weights[i] ?? 0),
        )
        .reduce((sum, each) => sum.add(each))
        .sum(),
    );
    const most = Math.max(...together.map(Math.abs));
    expect(most).toBeGreaterThan(0);
    for (const [i, value] of both.entries()) {
      expect(Math.abs(value - 2 * (together[i] ?? 0))).toBeLessThan(1e-5 * most);
    }
  },
);

test('the head begins small, in float32 whatever the precision, and gets gradients', () => {
  manualSeed(1);
  using model = new RewardModel({ ...size, hiddenSize: 1024, numLayers: 1, feedForwardSize: 16 });
  expect(model.parameters().has('gpt.outputLayer.weight')).toBe(false);
  scope(() => {
    const deviation = model.head.weight.std(null, { correction: 0 }).item();
    expect(deviation * Math.sqrt(1025)).toBeCloseTo(1, 1);
    setPrecision(model, 'bf16');
    const reward = model.score(tensor([[1, 2, 3]], { dtype: 'int64' }), [2]);
    expect(reward.dtype).toBe('float32');
    reward.sum().backward();
    expect(model.head.weight.grad?.abs().max().item()).toBeGreaterThan(0);
    expect(model.gpt.blocks[0]?.attention.output.weight.grad).not.toBeNull();
  });
});

test('a value function begins as the reward model with its shift, or at 0', () => {
  using reward = rewardModel(modern(size));
  using value = valueModelOf(reward);
  using base = randomModel(modern({ ...size, tiedEmbedding: false }));
  using fresh = valueModelOf(base);
  noGrad(() =>
    scope(() => {
      const tokens = tensor([[1, 2, 3, 4]], { dtype: 'int64' });
      const values = value.forward(value.gpt.forward(tokens));
      expect(values.allclose(reward.forward(tokens), 1e-5, 1e-6)).toBe(true);
      const hidden = fresh.gpt.forward(tokens);
      expect(hidden.equal(base.forward(tokens))).toBe(true);
      expect(fresh.forward(hidden).toArray()).toEqual([[0, 0, 0, 0]]);
      expect(fresh.parameters().get('head.bias')?.shape).toEqual([1]);
    }),
  );
});

test('a language model is no reward model', () => {
  using base = randomModel(kinds.llama as GptConfig);
  exportModel(base, tokenizer, folder);
  expect(() => loadRewardModel(folder)).toThrow(
    /architectures must end with ForSequenceClassification, got \["LlamaForCausalLM"\]/,
  );
  const path = join(folder, 'config.json');
  const json = JSON.parse(readFileSync(path, 'utf8'));
  const edit = (fields: object) => writeFileSync(path, JSON.stringify({ ...json, ...fields }));
  edit({ architectures: ['LlamaForSequenceClassification'], num_labels: 3 });
  expect(() => loadRewardModel(folder)).toThrow(/a reward model must have 1 label, got 3/);
  edit({ architectures: ['LlamaForSequenceClassification'] });
  expect(() => loadRewardModel(folder)).toThrow(/missing: score.weight float32\[1, 16\]/);
});

const python = process.env.ATHANOR_BENCH_PYTHON;

/** Prints the rewards of the sequences in argv[2], each alone and all padded with argv[3]. */
const script = `
import json, sys, torch
from transformers import AutoModelForSequenceClassification
model = AutoModelForSequenceClassification.from_pretrained(sys.argv[1]).eval()
sequences, pad = json.loads(sys.argv[2]), int(sys.argv[3])
longest = max(map(len, sequences))
padded = torch.tensor([s + [pad] * (longest - len(s)) for s in sequences])
shift = model.config.reward_shift
with torch.no_grad():
    alone = [model(torch.tensor([s])).logits[0, 0].item() - shift for s in sequences]
    together = (model(padded, attention_mask=(padded != pad).long()).logits[:, 0] - shift).tolist()
print(json.dumps([alone, together]))
`;

test.skipIf(python === undefined || tier === 'test').each(['gpt2', 'llama', 'qwen3'])(
  'transformers gives the same rewards of an exported %s (tier pr, ATHANOR_BENCH_PYTHON)',
  (name) => {
    using model = rewardModel(kinds[name] as GptConfig);
    exportRewardModel(model, tokenizer, folder);
    const arguments_ = ['-c', script, folder, JSON.stringify(sequences), '256'];
    const { stdout, stderr } = spawnSync(python ?? '', arguments_, { encoding: 'utf8' });
    const ours = scoreSequences(model, sequences);
    for (const theirs of JSON.parse(stdout || JSON.stringify([stderr])) as number[][]) {
      expect(theirs).toHaveLength(sequences.length);
      for (const [i, score] of theirs.entries()) expect(score).toBeCloseTo(ours[i] ?? 0, 4);
    }
  },
);
