/** Models and prompts on disk for both sides, and our side: the stage itself. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRunDirectory, SeededRandom, type StageContext } from '../../src/base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../../src/chat/index.ts';
import {
  exportModel,
  exportRewardModel,
  Gpt,
  modern,
  rewardModelOf,
} from '../../src/model/index.ts';
import { type PpoConfig, ppo } from '../../src/stages/index.ts';
import { manualSeed } from '../../src/tensor/index.ts';
import { Tokenizer, withSpecialTokens } from '../../src/tokenizer/index.ts';

export const numEpisodes = 32;

const shape = {
  ...{ numLayers: 4, hiddenSize: 256, numHeads: 4, numKvHeads: 4, feedForwardSize: 768 },
  ...{ contextLength: 128, vocabSize: 4096, qkNorm: false },
};

const sizes = {
  ...{ rolloutSize: numEpisodes, microBatchSize: 8, maxTokens: 48 },
  // Random weights end no answer.
  maxShareUnfinished: 1,
};

/** Half a thousand prompts of 28 to 60 tokens, the template's included. */
function drawPrompts(): string[] {
  const random = new SeededRandom(1);
  const letter = () => String.fromCharCode(97 + random.int(26));
  return Array.from({ length: 512 }, () =>
    Array.from({ length: 24 + random.int(33) }, letter).join(''),
  );
}

/** As many tokens as the model knows; what is no byte is no text's token, but can be answered. */
function makeTokenizer(): Tokenizer {
  const numTokens = shape.vocabSize - athanorSpecialTokens.length;
  const none = new Int32Array(0);
  const bytes = new Tokenizer({
    tokens: Array.from({ length: numTokens }, (_, id) =>
      id < 256 ? Uint8Array.of(id) : Uint8Array.of(id >> 8, id & 255, id & 255),
    ),
    merges: { left: none, right: none, result: none },
    wholePieces: false,
    splitter: 'gpt2',
    specialTokens: new Map(),
  });
  return withSpecialTokens(bytes, athanorSpecialTokens);
}

export function preparePpo(numEpochs: number) {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-ppo-'));
  const tokenizer = makeTokenizer();
  const chatTemplate = createChatTemplate('athanor', tokenizer);
  const prompts = drawPrompts();
  const promptsPath = join(folder, 'prompts.jsonl');
  writeFileSync(promptsPath, prompts.map((prompt) => `${JSON.stringify({ prompt })}\n`).join(''));
  const ids = prompts.map((content) => chatTemplate.renderPrompt([{ role: 'user', content }]));
  writeFileSync(join(folder, 'prompts.json'), JSON.stringify(ids.map((each) => [...each])));
  manualSeed(1);
  using policy = new Gpt(modern(shape));
  using rewardModel = rewardModelOf(policy);
  const paths = { policy: join(folder, 'policy'), rewardModel: join(folder, 'reward') };
  exportModel(policy, tokenizer, paths.policy, { chatTemplate });
  using other = new Gpt(modern(shape));
  exportModel(other, tokenizer, join(folder, 'reference'), { chatTemplate });
  exportRewardModel(rewardModel, tokenizer, paths.rewardModel, { chatTemplate });
  const config: Omit<PpoConfig, 'numUpdates'> = {
    ...{ ...paths, rewardOfOtherBase: true, prompts: [{ files: [promptsPath] }] },
    ...{ precision: 'fp32', checkpointEvery: 1e6 },
    ...{ ...sizes, numEpochs },
    schedule: { kind: 'linear', peak: 1e-6, final: 1e-6, warmupSteps: 0 },
    kl: { type: 'fixed', beta: 0.05 },
  };
  return {
    folder,
    run: (numUpdates: number) => runStage({ ...config, numUpdates }, join(folder, 'run')),
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

/** Seconds that the updates took. */
async function runStage(config: PpoConfig, folder: string): Promise<number> {
  const run = openRunDirectory(folder, config);
  const context: StageContext = {
    ...{ name: 'bench', run, seed: 1, stop: { isRequested: false } },
    progress: { style: 'log', stream: { write: () => true } },
    ...{ generators: {}, conversationGenerators: {}, taskGenerators: {} },
    goldGenerators: {},
  };
  try {
    await ppo(config, context);
    const records = readFileSync(run.file('ppo', 'metrics.jsonl'), 'utf8').trim().split('\n');
    return records.reduce((sum, record) => sum + Number(JSON.parse(record).seconds), 0);
  } finally {
    run.close();
    rmSync(folder, { recursive: true });
  }
}
