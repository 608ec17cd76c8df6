/**
 * What a stage is given has to belong to what it is given beside it (reliability H8): every mismatch is
 * refused before the first step, with a sentence that names it. The same table for people:
 * docs/contracts.md.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AthanorError, exitCodes } from '../src/base/index.ts';
import { setNumThreads } from '../src/tensor/index.ts';
import { type ChainStage, TinyChain } from './tiny-chain.ts';

interface Mismatch {
  refused: RegExp;
  /** Whether the stage goes on where it was; else it begins. */
  resumed?: true;
  /** What is done to the copy of a whole run. */
  before?: (run: string) => void | Promise<void>;
  changes?: (run: string) => object;
}

let chain: TinyChain;

beforeAll(async () => {
  setNumThreads(1);
  chain = new TinyChain();
  await chain.build();
}, 120_000);
afterAll(() => chain.remove());

const model = (run: string, stage = 'sft') => join(run, stage, 'model');

/** Changes fields of a model's config; undefined takes one away. */
function edit(folder: string, fields: object): void {
  const path = join(folder, 'config.json');
  const config = JSON.parse(fs.readFileSync(path, 'utf8'));
  fs.writeFileSync(path, JSON.stringify({ ...config, ...fields }));
}

function replace(folder: string, other: string): void {
  fs.rmSync(folder, { recursive: true });
  fs.cpSync(other, folder, { recursive: true });
}

function replaceTemplate(folder: string): void {
  const path = join(folder, 'chat_template.jinja');
  const text = fs.readFileSync(path, 'utf8');
  fs.writeFileSync(path, text.replace("<|endoftext|>'", "<|endoftext|>' + ''"));
  expect(fs.readFileSync(path, 'utf8')).not.toBe(text);
}

function checkpoint(run: string): string {
  return join(run, 'pretrain/checkpoints/step-00000001');
}

const ofCorpusAndTokenizer: Record<string, Mismatch> = {
  'a run without a corpus': {
    before: (run) => fs.rmSync(join(run, 'corpus/corpus.json')),
    refused: /corpus.json must be the manifest of a corpus, got ENOENT/,
  },
  'texts that changed since the corpus was gathered': {
    before: (run) => fs.appendFileSync(join(run, 'corpus/a.jsonl'), '{"text": "more"}\n'),
    refused: /texts of the corpus source a must be what they were when .* gathered, got others/,
  },
  'another corpus than the run began with': {
    resumed: true,
    before: (run) =>
      chain.run(run, 'corpus', {
        sources: { a: { generator: 'texts', options: { begin: 'twice' } } },
      }),
    refused: /inputs\.tokens: .* \(refuse\)/,
  },
  'a run without a tokenizer': {
    before: (run) => fs.rmSync(join(run, 'tokenizer/tokenizer.json')),
    refused: /tokenizer\.json must .*got ENOENT/,
  },
  'a tokenizer of more tokens than the model has rows': {
    before: (run) => fs.cpSync(chain.largeTokenizer, join(run, 'tokenizer/tokenizer.json')),
    refused: /pretrain.model.vocabSize must hold the 281 tokens of the tokenizer, got 264/,
  },
  'another tokenizer than the run began with': {
    resumed: true,
    before: (run) => fs.cpSync(chain.foreignTokenizer, join(run, 'tokenizer/tokenizer.json')),
    refused: /inputs\.tokenizer: .* \(refuse\)/,
  },
};

const ofBase: Record<string, Mismatch> = {
  'a base that is no model': {
    changes: (base) => ({ base }),
    refused: /must be a model folder with a config.json/,
  },
  'a base whose tokenizer was replaced': {
    before: (run) => fs.cpSync(chain.foreignTokenizer, join(model(run, 'ppo'), 'tokenizer.json')),
    changes: (run) => ({ base: model(run, 'ppo') }),
    refused: /the tokenizer in .* must be the one that the model was saved with, got another one/,
  },
  'a base of another program whose tokenizer is too large': {
    before(run) {
      fs.cpSync(chain.largeTokenizer, join(model(run, 'ppo'), 'tokenizer.json'));
      edit(model(run, 'ppo'), { tokenizer_sha256: undefined });
    },
    changes: (run) => ({ base: model(run, 'ppo') }),
    refused: /the tokenizer's vocabulary must be at most the model's vocabSize of 264, got 281/,
  },
  'another template than the base has learned': {
    changes: (run) => ({ base: model(run, 'ppo'), template: 'chatml' }),
    refused: /sft.template must be that of the base model, athanor, got chatml/,
  },
  'rows longer than the context of the base': {
    changes: () => ({ contextLength: 49 }),
    refused: /sft.contextLength must be at most 48, the base model's, got 49/,
  },
  'a base of other tokens than the text of pre-training beside it': {
    changes: () => ({ base: chain.foreign, pretrainMix: 0.2 }),
    refused: /the base model must have the tokenizer of the run/,
  },
  'questions of the evaluation among the conversations': {
    changes: () => ({ keepOut: { generator: 'known' } }),
    refused: /must ask nothing that sft.keepOut asks, got "ask 3/,
  },
  'another base than the run began with': {
    resumed: true,
    changes: () => ({ base: chain.other }),
    refused: /inputs\.base: .* \(refuse\)/,
  },
};

const ofFineTuned: Record<string, Mismatch> = {
  'a base that only continues texts': {
    changes: (run) => ({ base: checkpoint(run) }),
    refused: /must have a chat template, got none/,
  },
  'a base that is a reward model itself': {
    changes: () => ({ base: chain.foreignReward }),
    refused: /architectures must/,
  },
  'a base whose template was replaced': {
    before: (run) => replaceTemplate(model(run)),
    refused: /the chat template in .* must be the one that the model was saved with/,
  },
  'other rankings than the run began with': {
    resumed: true,
    changes: () => ({ data: [{ generator: 'ranked', options: { last: 'e' } }] }),
    refused: /inputs\.rankings: .* \(refuse\)/,
  },
  'a model that was fine-tuned again since': {
    resumed: true,
    before: (run) => replace(model(run), chain.other),
    refused: /inputs\.base: .* \(refuse\)/,
  },
};

const ofRewardModel: Record<string, Mismatch> = {
  'a policy that only continues texts': {
    changes: (run) => ({ policy: checkpoint(run) }),
    refused: /must have a chat template, got none/,
  },
  'a language model in place of the reward model': {
    changes: (run) => ({ rewardModel: model(run) }),
    refused: /architectures must end with ForSequenceClassification/,
  },
  'a reward model of another tokenizer': {
    changes: () => ({ rewardModel: chain.foreignReward }),
    refused: /reward model in .* must have the tokenizer of the policy/,
  },
  'a reward model of another template': {
    before(run) {
      replaceTemplate(model(run, 'reward'));
      edit(model(run, 'reward'), { chat_template_sha256: undefined });
    },
    refused: /reward model in .* must have the chat template of the policy/,
  },
  'a reward model of another base': {
    before: (run) => edit(model(run, 'reward'), { reward_base_sha256: 'c0ffee' }),
    refused: /must have begun as the model that PPO begins with, got one that began as c0ffee/,
  },
  'a reward model that does not say its base': {
    before: (run) => edit(model(run, 'reward'), { reward_base_sha256: undefined }),
    refused: /must have begun as .*, got one that does not say what it began as/,
  },
  'a reward model of a shorter context': {
    before: (run) => edit(model(run, 'reward'), { max_position_embeddings: 32 }),
    refused: /must read what the policy writes: 48 tokens of 261, got 32 of 264/,
  },
  'a policy of other tokens than the text of pre-training beside it': {
    changes: () => ({
      ...{ policy: chain.foreign, rewardModel: chain.foreignReward, rewardOfOtherBase: true },
      pretrainMix: { gamma: 1, ratio: 1 },
    }),
    refused: /the base model must have the tokenizer of the run/,
  },
  'a policy that was fine-tuned again since': {
    resumed: true,
    before: (run) => replace(model(run), chain.other),
    changes: () => ({ rewardOfOtherBase: true }),
    refused: /inputs\.policy: .* \(refuse\)/,
  },
};

const ofCompared: Record<string, Mismatch> = {
  'two models of different tokens': {
    changes: (run) => ({ models: [model(run), chain.foreign] }),
    refused: /the tokenizer and chat template of .*foreign must be those of/,
  },
  'a judge of other tokens': {
    changes: () => ({ rewardModel: chain.foreignReward }),
    refused: /the tokenizer and chat template of .*foreign-reward must be those of/,
  },
};

const mismatches: Partial<Record<ChainStage, Record<string, Mismatch>>> = {
  ...{ pretrain: ofCorpusAndTokenizer, sft: ofBase, reward: ofFineTuned },
  ...{ ppo: ofRewardModel, compare: ofCompared },
};
const cases = Object.entries(mismatches).flatMap(([stage, some]) =>
  Object.entries(some).map(([name, mismatch]) => [stage as ChainStage, name, mismatch] as const),
);

test.each(cases)('%s refuses %s', async (stage, _, { refused, resumed, before, changes }) => {
  const run = join(chain.folder, 'run');
  fs.rmSync(run, { recursive: true, force: true });
  fs.cpSync(chain.whole, run, { recursive: true });
  if (!resumed) fs.rmSync(join(run, stage), { recursive: true });
  const told = metricsOf(run, stage);
  await before?.(run);
  const error = await chain.run(run, stage, { numSteps: 9, numUpdates: 9, ...changes?.(run) }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AthanorError);
  const { message, exitCode } = error as AthanorError;
  expect(message).toMatch(refused);
  expect([exitCodes.usage, exitCodes.failure]).toContain(exitCode);
  expect(metricsOf(run, stage)).toBe(told);
});

/** What was told of the steps of a stage. */
function metricsOf(run: string, stage: string): string {
  const path = join(run, stage, 'metrics.jsonl');
  return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : '';
}
