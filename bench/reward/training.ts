/** Ranked answers of mixed length as token ids, and our side of the training. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '../../src/base/index.ts';
import { exportRewardModel, modern, RewardModel, rewardsOf } from '../../src/model/index.ts';
import { tokenizer } from '../../src/model/testing/random-model.ts';
import { AdamW, decayMatricesOnly } from '../../src/optim/index.ts';
import { rankedPairs, rewardLoss } from '../../src/rl/index.ts';
import { manualSeed } from '../../src/tensor/index.ts';
import { TrainState, train } from '../../src/train/index.ts';

const shape = {
  ...{ numLayers: 6, hiddenSize: 384, numHeads: 6, numKvHeads: 6, feedForwardSize: 1024 },
  ...{ contextLength: 512, vocabSize: 4096, qkNorm: false },
};
const promptsPerStep = 8;
interface Ranking {
  sequences: Uint32Array[];
  ranks: number[];
}

/** Prompts around 30 tokens and answers around 60, both log-normal, in an order of their own. */
function drawRankings(numAnswers: number): Ranking[] {
  const random = new SeededRandom(1);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const draw = (mean: number) => {
    const length = Math.max(4, Math.min(256, Math.round(mean * Math.exp(0.7 * normal()))));
    return Array.from({ length }, () => 1 + random.int(shape.vocabSize - 1));
  };
  return Array.from({ length: 64 * promptsPerStep }, () => {
    const prompt = draw(30);
    const sequences = Array.from({ length: numAnswers }, () =>
      Uint32Array.from([...prompt, ...draw(60)]),
    );
    return { sequences, ranks: sequences.map((_, place) => place + 1) };
  });
}

export function prepareReward(numAnswers: number) {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-reward-'));
  const rankings = drawRankings(numAnswers);
  writeFileSync(join(folder, 'pairs.json'), JSON.stringify(rankings.flatMap(plainPairs)));
  manualSeed(1);
  const model = new RewardModel(modern(shape)).train();
  exportRewardModel(model, tokenizer, join(folder, 'model'));
  const { run, optimizer } = trainingOn(model, rankings);
  return {
    ...{ folder, run, pairsPerStep: (promptsPerStep * numAnswers * (numAnswers - 1)) / 2 },
    dispose() {
      for (const part of [optimizer, model]) part.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The steps of src/stages/reward.ts. */
function trainingOn(model: RewardModel, rankings: readonly Ranking[]) {
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.01));
  const state = new TrainState();
  const task = {
    ...{ parameters: model.parameters(), optimizer },
    loadMicroBatch: ({ firstSample }: { firstSample: number }) =>
      Array.from(
        { length: promptsPerStep },
        (_, i) => rankings[(firstSample + i) % rankings.length] as Ranking,
      ),
    lossOf(batch: Ranking[]) {
      const sequences = batch.flatMap((ranking) => ranking.sequences);
      const ranks = batch.map((ranking) => ranking.ranks);
      const loss = rewardLoss(rewardsOf(model, sequences), ranks);
      return { lossSum: loss.mul(batch.length), numTokens: batch.length };
    },
  };
  const numbers = { microBatchSize: promptsPerStep, numMicroBatches: 1, clipNorm: 1, seed: 1 };
  return {
    optimizer,
    async run(numSteps: number): Promise<void> {
      const config = { ...numbers, schedule: () => 1e-5, numSteps: state.step + numSteps };
      for await (const { loss } of train(task, config, state)) if (Number.isNaN(loss)) return;
    },
  };
}

/** All pairs of a ranking, as TRL takes them when they are tokens. */
function plainPairs({ sequences, ranks }: Ranking) {
  return rankedPairs(ranks).map(([better, worse]) => ({
    chosen_ids: [...(sequences[better] ?? [])],
    rejected_ids: [...(sequences[worse] ?? [])],
  }));
}
