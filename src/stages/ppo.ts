/**
 * Reinforcement from human feedback (RLHF's third step; Ouyang et al. 2022, arXiv 2203.02155, section
 * 3.5 and Eq. 2): the fine-tuned model answers, the reward model scores, and proximal policy
 * optimization makes what scored well more likely, at a price for each nat that the policy leaves its
 * reference, and with the text of pre-training beside it so that nothing is forgotten.
 *
 * The story of one update is in ppo/update.ts; every equation is a function of src/rl. A killed run
 * goes on where its last checkpoint is, to the same bits: checkpoints stand between updates, and a
 * rollout is a pure function of what they hold.
 */
import { type StageContext, type StageResult, StoppedByGuardError } from '../base/index.ts';
import { openPpoRun, type PpoRun } from './ppo/build.ts';
import type { PpoConfig } from './ppo/config.ts';
import { documentName } from './ppo/progress.ts';
import { finishPpo, tellUpdate } from './ppo/report.ts';
import { makeUpdate, type Update } from './ppo/update.ts';

export { checkPpoConfig, type PpoConfig, ppoFaithful } from './ppo/config.ts';
export { ppoConfig } from './ppo/schema.ts';

/**
 * @throws ConfigError for models that do not belong together, prompts that are none, and a run that is
 *   not the one that was begun; StoppedByGuardError; NoUsableCheckpointError when all checkpoints are
 *   damaged; FileError when the last checkpoint cannot be saved.
 */
export async function ppo(
  config: PpoConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const run = await openPpoRun(config, context);
  const { training } = run;
  try {
    while (training.state.step < config.numUpdates) {
      const start = performance.now();
      const update = await makeUpdate(run);
      if (update === undefined) break;
      await conclude(run, update, (performance.now() - start) / 1000);
    }
    await training.saveLast();
    return training.state.step < config.numUpdates ? undefined : finishPpo(run);
  } finally {
    await run.close();
  }
}

/** Does what the guards said, tells of the update, and saves between two of them. */
async function conclude(run: PpoRun, update: Update, seconds: number): Promise<void> {
  const { config, training } = run;
  const { state, metrics } = training;
  const { verdict, episodes, skipped } = update;
  const { step: number, consumedSamples: firstSample } = state;
  const endSample = firstSample + episodes.length;
  for (const reason of skipped) metrics.note(`update ${number}: left out: ${reason}`);
  if (verdict.action !== 'ok')
    metrics.note(`update ${number}: ${verdict.action}: ${verdict.reason}`);
  if (verdict.action === 'stop') throw stopped(number, verdict.reason);
  if (verdict.action === 'roll back') return await goBack(run, number, endSample);
  tellUpdate(run, update, number, seconds);
  const entries = skipped.map((reason) => ({ step: number, reason, firstSample, endSample }));
  state.ledger = [...state.ledger, ...entries];
  state.step = number + 1;
  state.consumedSamples = endSample;
  const isLast = state.step === config.numUpdates;
  if (!isLast && state.step % config.checkpointEvery === 0) await training.save();
}

/** To a checkpoint from before the trouble, and on from there with other prompts at half the rate. */
async function goBack({ training, progress }: PpoRun, update: number, nextSample: number) {
  const atMostStep = progress.lastGood(update);
  await training.rollBack({ fromStep: update, atMostStep, nextSample });
  progress.goBack(await training.savedDocument(documentName), update);
}

function stopped(update: number, reason: string): StoppedByGuardError {
  return new StoppedByGuardError({
    what: `PPO at update ${update}`,
    must: 'stay near what it began as, and give answers that differ',
    got: reason,
    hint: 'lower ppo.schedule.peak or raise ppo.kl.beta; ppo.saveRolloutsEvery keeps what was answered',
  });
}
