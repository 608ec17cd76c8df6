/** One update of PPO: a rollout, and the steps that are made from it (Schulman et al. 2017, Algorithm 1). */
import {
  judgePpoStep,
  judgeRollout,
  nextBeta,
  type PpoGuardState,
  type PpoVerdict,
  ppoGuardRules,
} from '../../rl/index.ts';
import type { PpoRun } from './build.ts';
import { type Episode, type Minibatch, minibatchesOf } from './episodes.ts';
import type { KeptPasses } from './forward-pass.ts';
import { addGradients, type StepInputs, type StepOutcome, windowsOfStep } from './learn.ts';
import { type Measured, measureEpisodes } from './measure.ts';
import { answerPrompts } from './rollout.ts';
import { type ShapedRollout, shapeEpisodes } from './shape.ts';

/** What an update was made of, and what the guards say to it. */
export interface Update extends Learned {
  episodes: readonly Episode[];
  rollout: ShapedRollout;
  /** With which the rollout was shaped. */
  beta: number;
}

/** What came of the steps. */
interface Learned {
  outcomes: readonly StepOutcome[];
  /** Why steps were left out. */
  skipped: readonly string[];
  verdict: PpoVerdict;
}

/**
 * Makes the update that the run's state stands before; weights, guard and β are those after it then.
 * @returns undefined when it was told to stop before the first step: nothing has changed
 * @throws StoppedByGuardError for a run that begins wrongly.
 */
export async function makeUpdate(run: PpoRun): Promise<Update | undefined> {
  const { config, training, promptAt, seed } = run;
  const { consumedSamples: firstSample } = training.state;
  const prompts = Array.from({ length: config.rolloutSize }, (_, i) => promptAt(firstSample + i));
  const episodes = await answerPrompts(run, prompts, firstSample);
  if (episodes === undefined) return undefined;
  const minibatches = minibatchesOf(episodes, withPass(config), seed, firstSample);
  const all = await measureEpisodes(run, episodes, minibatches);
  if (all === undefined) return undefined;
  const { measured, kept } = all;
  try {
    return await learnFrom(run, { episodes, measured, minibatches, kept });
  } finally {
    kept.dispose();
  }
}

interface Rollout extends Omit<Lesson, 'rollout'> {
  measured: readonly Measured[];
}

async function learnFrom(
  run: PpoRun,
  { measured, ...answered }: Rollout,
): Promise<Update | undefined> {
  const { config, chat, progress, training } = run;
  const { step: update } = training.state;
  const { beta } = progress;
  const { episodes } = answered;
  const { tokenizer } = chat;
  const options = { config, beta, tokenizer, checks: update === 0 };
  const rollout = shapeEpisodes(episodes, measured, options);
  const { verdict, next } = judgeRollout(progress.guard, rollout.signs, update, config);
  const isUsed = verdict.action === 'ok' || verdict.action === 'raise beta';
  const learned = isUsed
    ? await learn(run, { ...answered, rollout }, next)
    : { outcomes: [], skipped: [verdict.reason], verdict, guard: next };
  if (learned === undefined) return undefined;
  progress.guard = learned.guard;
  const raised = verdict.action === 'raise beta' ? beta * ppoGuardRules.betaFactor : beta;
  const { sequenceKl } = rollout.signs;
  const isMeasured = Number.isFinite(sequenceKl);
  progress.beta = isMeasured ? nextBeta(config.kl, raised, sequenceKl, episodes.length) : raised;
  return { ...learned, episodes, rollout, beta };
}

function withPass({ minibatchSize, microBatchSize }: PpoRun['config']) {
  return { minibatchSize, microBatchSize: Math.min(microBatchSize, minibatchSize) };
}

interface Lesson {
  episodes: readonly Episode[];
  rollout: ShapedRollout;
  minibatches: readonly Minibatch[];
  kept: KeptPasses;
}

/** The steps of all epochs. Once the first is made the rest follow, for half an update is no state. */
async function learn(
  run: PpoRun,
  lesson: Lesson,
  judged: PpoGuardState,
): Promise<(Learned & { guard: PpoGuardState }) | undefined> {
  const { step: update } = run.training.state;
  const outcomes: StepOutcome[] = [];
  const skipped: string[] = [];
  let guard = judged;
  for (const inputs of stepsOf(run, lesson)) {
    const isBegun = outcomes.length + skipped.length > 0;
    const learning = isBegun ? { ...run, stop: { isRequested: false } } : run;
    const outcome = await addGradients(learning, inputs);
    if (outcome === undefined) {
      zeroGrad(run);
      return undefined;
    }
    const { verdict, next } = judgePpoStep(guard, outcome.signs, update);
    guard = next;
    if (verdict.action === 'ok') {
      takeStep(run, update);
      outcomes.push(outcome);
    } else skipped.push(verdict.reason);
    zeroGrad(run);
    const goesOn = verdict.action === 'ok' || verdict.action === 'skip';
    if (!goesOn) return { outcomes, skipped, verdict, guard };
  }
  return { outcomes, skipped, verdict: { action: 'ok' }, guard };
}

/** From what each step is made. */
function stepsOf(
  { config, training }: PpoRun,
  { episodes, rollout: { records }, minibatches, kept }: Lesson,
): StepInputs[] {
  const { step: update, consumedSamples } = training.state;
  const numSteps = minibatches.length * config.numEpochs;
  const perStep = windowsOfStep(config.minibatchSize, config.pretrainMix?.ratio ?? 0);
  const firstStep = (consumedSamples / config.rolloutSize) * numSteps;
  return Array.from({ length: numSteps }, (_, step) => ({
    ...{ episodes, records, kept, minibatch: minibatches[step % minibatches.length] as Minibatch },
    ...{ firstWindow: (firstStep + step) * perStep, isFirst: update + step === 0 },
  }));
}

function takeStep({ optimizers, schedules, progress, ema }: PpoRun, update: number): void {
  optimizers.policy.step(schedules.policy(update) * progress.rateFactor);
  optimizers.value.step(schedules.value(update) * progress.rateFactor);
  ema?.update();
}

function zeroGrad({ optimizers }: PpoRun): void {
  for (const optimizer of Object.values(optimizers)) optimizer.zeroGrad();
}
