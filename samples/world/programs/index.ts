import type { Language } from '../../grammar/index.ts';
import type { WorldSize } from '../size.ts';
import { classOf, type Split, splitOf } from '../split.ts';
import { numberTasks } from './number-tasks.data.ts';
import type { ProgramTask, Value } from './task.ts';
import { textTasks } from './text-tasks.data.ts';

export type { ProgramTask, Value } from './task.ts';

/** All tiny programming tasks. */
export const programTasks: readonly ProgramTask[] = [...numberTasks, ...textTasks];

/** The tasks of a world: in a hamlet those that a short line does. */
export function tasksOf(size: WorldSize): readonly ProgramTask[] {
  const isShort = (task: ProgramTask) => shortestSolution(task).length <= 46;
  return size === 'hamlet' ? programTasks.filter(isShort) : programTasks;
}

export function shortestSolution({ solutions }: ProgramTask): string {
  return solutions.reduce((best, other) => (other.length < best.length ? other : best));
}

/** A call as a program writes it: `add(3, 5)`. */
export function programCall({ name }: ProgramTask, args: readonly Value[]): string {
  return `${name}(${args.map(writeValue).join(', ')})`;
}

/** A value as JavaScript writes it, with single quotes: `[1, 2]`, `'cat'`. */
export function writeValue(value: Value): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object') return `[${value.map(writeValue).join(', ')}]`;
  return String(value);
}

/** The side of the split of one call: one in five is never in a text. */
export function callSplit(task: ProgramTask, args: readonly Value[]): Split {
  return splitOf(`call/${programCall(task, args)}`, 5);
}

/** Of the four orders that texts use for a task, one is held out; `choice` runs through the rest. */
export function trainOrder({ name }: ProgramTask, language: Language, choice: number): number {
  return (classOf(`order/${name}/${language}`, 4) + 1 + (choice % 3)) % 4;
}
