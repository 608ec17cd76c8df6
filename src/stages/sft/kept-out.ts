/** What must not be learned, for the model will be asked it. */
import { findGenerator, type StageContext } from '../../base/index.ts';
import type { EvaluationTask } from '../../evaluate/index.ts';
import type { SftConfig } from './config.ts';

/** The questions of the tasks in `sft.keepOut`. @throws ConfigError for a generator that does not exist. */
export function keptOutQuestions(
  { keepOut }: SftConfig,
  { taskGenerators }: StageContext,
): ReadonlySet<string> {
  if (keepOut === undefined) return new Set();
  const { generator, options = {} } = keepOut;
  const make = findGenerator('sft.keepOut', generator, taskGenerators);
  // The generators of a recipe make what src/evaluate declares; base cannot name that type.
  const tasks = [...make(options)] as EvaluationTask[];
  return new Set(tasks.map(({ messages }) => messages.at(-1)?.content ?? ''));
}
