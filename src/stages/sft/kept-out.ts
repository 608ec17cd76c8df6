/** What must not be learned, for the model will be asked it. */
import type { StageContext } from '../../base/index.ts';
import { readTasks } from '../training/index.ts';
import type { SftConfig } from './config.ts';

/** The questions of the tasks in `sft.keepOut`. @throws as `readTasks` */
export async function keptOutQuestions(
  { keepOut }: SftConfig,
  context: Pick<StageContext, 'taskGenerators'>,
): Promise<ReadonlySet<string>> {
  if (keepOut === undefined) return new Set();
  const tasks = await readTasks([keepOut], 'sft.keepOut', context);
  return new Set(tasks.map(({ messages }) => messages.at(-1)?.content ?? ''));
}
