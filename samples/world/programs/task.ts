import type { SeededRandom } from '../../../src/base/index.ts';
import type { Language } from '../../grammar/index.ts';

/** What a tiny program takes and gives: it can be written as JSON. */
export type Value = number | string | boolean | readonly Value[];

/** One tiny programming task, with solutions in JavaScript and a reference in TypeScript. */
export interface ProgramTask {
  /** The name of the function. */
  readonly name: string;
  /** What the function does, as an order: four ways for texts, the fifth is held out. */
  readonly orders: Readonly<Record<Language, readonly [string, string, string, string, string]>>;
  /** Complete function definitions that all do the task. */
  readonly solutions: readonly string[];
  drawArguments(random: SeededRandom): readonly Value[];
  /** The right result, worked out here and not by running a solution. */
  compute(args: readonly Value[]): Value;
}

/** Gives a task's typed functions the common shape of all tasks. */
export function task<Args extends readonly Value[]>(plan: {
  name: string;
  zh: readonly [string, string, string, string, string];
  en: readonly [string, string, string, string, string];
  solutions: readonly string[];
  draw: (random: SeededRandom) => readonly [...Args];
  compute: (...args: Args) => Value;
}): ProgramTask {
  return {
    name: plan.name,
    orders: { zh: plan.zh, en: plan.en },
    solutions: plan.solutions,
    drawArguments: plan.draw,
    compute: (args) => plan.compute(...(args as Args)),
  };
}

/** A list of `least` to `most` whole numbers below `bound`. */
export function drawNumbers(
  random: SeededRandom,
  bound: number,
  [least, most]: readonly [number, number] = [2, 5],
): number[] {
  const length = least + random.int(most - least + 1);
  return Array.from({ length }, () => random.int(bound));
}

/** A short English word. */
export function drawWord(random: SeededRandom): string {
  return random.pick(words);
}

const words =
  'apple bird boat book bread bridge cat cloud cup door duck flower fox garden goat hill horse kite lamp leaf level moon noon paper pear pond rain river rose school snow song spring star stone sun tea tree water wind window winter'.split(
    ' ',
  );
