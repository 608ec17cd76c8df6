/** The steps of a build, in their order. */
import type { BuildOptions } from './build-config.ts';
import type { Plan } from './build-plan.ts';
import { cutTasks, hashLinesTasks, repeatedLinesTasks, scoreTasks } from './plan-checks.ts';
import { cleanTasks, deduplicateTask, writeTasks } from './plan-tasks.ts';
import { scoreShards } from './score-shards.ts';
import type { BuildTask } from './tasks.ts';
import type { Workers } from './workers.ts';

export interface BuildStep {
  /** As people are told. */
  name: 'clean' | 'deduplicate' | 'cut repeated lines' | 'score' | 'write';
  /** @returns false when it was stopped */
  work(workers: Workers, stop: BuildOptions['stop']): Promise<boolean>;
}

/**
 * What cuts lines looks for duplicates twice: a page that was fetched often must not count as many,
 * and texts may be alike only when their menus are gone.
 */
export function stepsOf(plan: Plan): BuildStep[] {
  const { repeatedLines, scorer } = plan.config;
  const step = (name: BuildStep['name'], tasksOf: (plan: Plan) => readonly BuildTask[]) => {
    // Tasks name the hashes of what earlier steps have left, so they are planned when these are done.
    const work: BuildStep['work'] = (workers, stop) => workers.run(tasksOf(plan), stop);
    return { name, work };
  };
  const cutting = [
    step('cut repeated lines', hashLinesTasks),
    step('cut repeated lines', repeatedLinesTasks),
    step('cut repeated lines', cutTasks),
    step('deduplicate', () => [deduplicateTask(plan, 'cut')]),
  ];
  const scoring: BuildStep = {
    name: 'score',
    work: async (_, stop) => scorer === undefined || scoreShards(scoreTasks(plan), scorer, stop),
  };
  return [
    step('clean', cleanTasks),
    step('deduplicate', () => [deduplicateTask(plan, 'clean')]),
    ...(repeatedLines === undefined ? [] : cutting),
    ...(scorer === undefined ? [] : [scoring]),
    step('write', writeTasks),
  ];
}
