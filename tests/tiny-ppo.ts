/** A run of PPO that takes seconds: models of one layer, whose tokens are bytes. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRunDirectory, type StageContext, type StageResult } from '../src/base/index.ts';
import { exportModel, exportRewardModel, Gpt, modern, rewardModelOf } from '../src/model/index.ts';
import { hashWeights, type PpoConfig, ppo } from '../src/stages/index.ts';
import { manualSeed } from '../src/tensor/index.ts';
import { chatTemplate, learnTaste, learnToAnswer, tokenizer } from './tiny-chat-models.ts';

const size = { numLayers: 1, hiddenSize: 32, numHeads: 2, contextLength: 48, vocabSize: 261 };

interface TinyRunOptions
  extends Partial<Pick<StageContext, 'conversationGenerators' | 'goldGenerators' | 'stop'>> {
  /** Default: a new one. */
  path?: string;
  /** How often the stage may ask whether it must stop before it is told so. */
  stopAfter?: number;
  seed?: number;
}

/** A folder with everything that a run begins with; `remove` it. */
export class TinyPpo {
  readonly folder = fs.mkdtempSync(join(tmpdir(), 'athanor-ppo-'));
  readonly policy = join(this.folder, 'policy');
  readonly rewardModel = join(this.folder, 'reward');
  readonly tokenizer = tokenizer;
  readonly chatTemplate = chatTemplate;
  readonly prompts = join(this.folder, 'prompts.jsonl');
  /** What the last run has told people. */
  told = '';
  #numRuns = 0;

  constructor() {
    manualSeed(1);
    using model = new Gpt(modern(size));
    learnToAnswer(model);
    exportModel(model, tokenizer, this.policy, { chatTemplate });
    using reward = rewardModelOf(model);
    reward.baseSha256 = hashWeights(model);
    learnTaste(reward);
    exportRewardModel(reward, tokenizer, this.rewardModel, { chatTemplate });
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${JSON.stringify({ prompt: `ask ${i}` })}\n`,
    );
    fs.writeFileSync(this.prompts, rows.join(''));
  }

  get config(): PpoConfig {
    return {
      ...{ policy: this.policy, rewardModel: this.rewardModel },
      prompts: [{ files: [this.prompts] }],
      ...{ numUpdates: 4, rolloutSize: 16, minibatchSize: 8, microBatchSize: 4, maxTokens: 12 },
      ...{ kl: { type: 'fixed', beta: 0.1 }, precision: 'fp32', checkpointEvery: 2 },
      schedule: { kind: 'linear', peak: 1e-3, final: 1e-3 },
    };
  }

  async run(
    changes: Partial<PpoConfig> = {},
    { path, stopAfter = Infinity, seed = 1, ...builtIns }: TinyRunOptions = {},
  ): Promise<{ path: string; result: StageResult | undefined }> {
    const place = path ?? join(this.folder, `run-${this.#numRuns++}`);
    using directory = openRunDirectory(place, {});
    let numAsked = 0;
    const stop = {
      get isRequested() {
        return ++numAsked > stopAfter;
      },
    };
    this.told = '';
    const write = (text: string) => {
      this.told += text;
    };
    const stream = { write };
    const context: StageContext = {
      ...{ name: 'test', run: directory, seed, stop, progress: { stream } },
      ...{ generators: {}, conversationGenerators: {}, taskGenerators: {}, goldGenerators: {} },
      ...builtIns,
    };
    return { path: place, result: await ppo({ ...this.config, ...changes }, context) };
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** The lines of metrics.jsonl. */
export function metricsOf(path: string): Record<string, number>[] {
  const text = fs.readFileSync(join(path, 'ppo/metrics.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
