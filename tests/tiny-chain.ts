/** A run of all stages in seconds, from texts to a reinforced model, and models that do not belong to it. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRunDirectory, type Stage, type StageContext } from '../src/base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../src/chat/index.ts';
import { exportModel, exportRewardModel, Gpt, modern, rewardModelOf } from '../src/model/index.ts';
import { compare, corpus, ppo, pretrain, reward, sft } from '../src/stages/index.ts';
import { manualSeed } from '../src/tensor/index.ts';
import { loadTokenizer, type Tokenizer, writeTokenizerJson } from '../src/tokenizer/index.ts';
import { byteTokenizer } from './byte-tokenizer.ts';

const stages = { corpus, pretrain, sft, reward, ppo, compare };

export type ChainStage = keyof typeof stages;

const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 48, vocabSize: 264 };
const numbers = {
  ...{ numSteps: 1, microBatchSize: 2, checkpointEvery: 1, evaluateEvery: 9, peakFlops: 1e9 },
  ...{ schedule: { kind: 'linear', peak: 1e-3 }, precision: 'fp32', heldOut: 0 },
};

const configs: Record<ChainStage, object> = {
  corpus: { sources: { a: { generator: 'texts', options: { begin: 'once' } } } },
  pretrain: { ...numbers, model: modern(size) },
  sft: { ...numbers, data: [{ generator: 'taught' }] },
  reward: { ...numbers, data: [{ generator: 'ranked', options: { last: 'd' } }] },
  ppo: {
    ...{ ...numbers, prompts: [{ generator: 'ranked', options: { last: 'd' } }] },
    ...{ numUpdates: 1, rolloutSize: 4, maxTokens: 6, microBatchSize: 4 },
  },
  compare: { prompts: [{ generator: 'asked' }], maxTokens: 4 },
};

const rows = <T>(make: (i: number) => T): T[] => Array.from({ length: 20 }, (_, i) => make(i));
const user = (content: string) => ({ role: 'user', content });
const question = { ...{ id: '1', kind: 'k' }, rule: { type: 'equals', answers: ['a'] } };

/** What recipes name. */
const generators = {
  generators: {
    texts: ({ begin }: { begin?: string | number }) =>
      rows((i) => ({ text: `${begin} there were ${i} of them, and then there was one more` })),
  },
  conversationGenerators: {
    taught: () =>
      rows((i) => ({ messages: [user(`ask ${i}`), { role: 'assistant', content: 'a' }] })),
    ranked: ({ last }: { last?: string | number }) =>
      rows((i) => ({ prompt: `ask ${i}`, answers: ['a', 'b', String(last)], ranks: [1, 2, 3] })),
  },
  taskGenerators: { known: () => [{ ...question, messages: [user('ask 3')] }] },
  goldGenerators: {
    asked: () => rows((i) => ({ id: `${i}`, messages: [user(`ask ${i}`)], score: () => 0 })),
  },
} as unknown as Pick<
  StageContext,
  'generators' | 'conversationGenerators' | 'taskGenerators' | 'goldGenerators'
>;

/** A tokenizer of bytes as it is read from a file; the order of its special tokens makes it another one. */
async function makeTokenizer(path: string, specialTokens: readonly string[]): Promise<Tokenizer> {
  fs.writeFileSync(path, writeTokenizerJson(byteTokenizer(specialTokens).data));
  return await loadTokenizer(path);
}

/** `build` it, and `remove` it. */
export class TinyChain {
  readonly folder = fs.mkdtempSync(join(tmpdir(), 'athanor-chain-'));
  /** A run in which every stage is finished. */
  readonly whole = join(this.folder, 'whole');
  /** A model of the run's tokenizer and other weights, and two of another tokenizer. */
  readonly other = join(this.folder, 'other');
  readonly foreign = join(this.folder, 'foreign');
  readonly foreignReward = join(this.folder, 'foreign-reward');
  readonly foreignTokenizer = join(this.folder, 'foreign.json');
  readonly largeTokenizer = join(this.folder, 'large.json');

  async build(): Promise<void> {
    fs.mkdirSync(join(this.whole, 'tokenizer'), { recursive: true });
    const own = join(this.whole, 'tokenizer/tokenizer.json');
    const tokenizer = await makeTokenizer(own, athanorSpecialTokens);
    const foreign = await makeTokenizer(this.foreignTokenizer, athanorSpecialTokens.toReversed());
    const names = rows((i) => `<|${i}|>`);
    await makeTokenizer(this.largeTokenizer, [...athanorSpecialTokens, ...names]);
    for (const name of Object.keys(configs)) await this.run(this.whole, name as ChainStage);
    manualSeed(2);
    using model = new Gpt(modern(size));
    const exported = (used: Tokenizer) => ({ chatTemplate: createChatTemplate('athanor', used) });
    exportModel(model, tokenizer, this.other, exported(tokenizer));
    exportModel(model, foreign, this.foreign, exported(foreign));
    using judge = rewardModelOf(model);
    exportRewardModel(judge, foreign, this.foreignReward, exported(foreign));
  }

  async run(path: string, name: ChainStage, changes: object = {}): Promise<void> {
    using run = openRunDirectory(path, {});
    const stop = { isRequested: false };
    const progress = { stream: { write: () => {} } };
    const context: StageContext = { name: 'chain', run, seed: 1, stop, progress, ...generators };
    await (stages[name] as Stage<object>)({ ...configs[name], ...changes }, context);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
