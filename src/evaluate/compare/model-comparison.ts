/** Two models beside each other: what their answers are worth, and how far apart they are. */
import { type Estimate, estimateMean, oneSided, winsOf } from './paired-estimate.ts';

/** One prompt with an answer of each model; everything but the prompt is [first, second]. */
export interface ComparedItem {
  readonly prompt: string;
  readonly answers: Pair<string>;
  /** Tokens, the end token included. */
  readonly lengths: Pair<number>;
  readonly finished: Pair<boolean>;
  /** log π₂ − log π₁ of the second model's answer, in nats. */
  readonly logRatio: number;
  /** Of the reward model, where there is one. */
  readonly rewards?: Pair<number>;
  /** True worth, where it is known. */
  readonly gold?: Pair<number>;
}

export type Pair<T> = readonly [first: T, second: T];

/** Of the same tasks: whether each model's answer is right. */
export interface ComparedTasks {
  readonly numTasks: number;
  readonly rates: Pair<number>;
  /** First minus second, of 1. */
  readonly drop: number;
  /** The drop is below this with 95 % (one-sided, paired). */
  readonly dropBound: number;
}

/** Plain data, to be written as JSON. */
export interface ModelComparison {
  readonly names: Pair<string>;
  readonly numItems: number;
  /** Different prompts among them; answers to one prompt are not counted as if they were independent. */
  readonly numPrompts: number;
  readonly reward: Measured | null;
  readonly gold: Measured | null;
  /** KL(π₂ ‖ π₁) of whole answers, in nats, from answers of the second model. */
  readonly kl: Estimate;
  /** Tokens. */
  readonly length: Pair<Estimate>;
  /** The share of answers without an end. */
  readonly unfinished: Pair<number>;
  readonly tasks: ComparedTasks | null;
  readonly items: readonly ComparedItem[];
}

/** A score of both models' answers. */
export interface Measured {
  readonly means: Pair<Estimate>;
  /** The share of items whose second answer scores higher; ties count half. */
  readonly winRate: Estimate;
}

/**
 * Measures a comparison.
 * @param tasks by id, for each model; null where they were not asked the same
 */
export function compareItems(
  names: Pair<string>,
  items: readonly ComparedItem[],
  tasks: ComparedTasks | null,
): ModelComparison {
  const prompts = items.map(({ prompt }) => prompt);
  const mean = (values: readonly number[]) => estimateMean(values, prompts);
  const both = (of: (item: ComparedItem, side: 0 | 1) => number): Pair<number[]> => [
    items.map((item) => of(item, 0)),
    items.map((item) => of(item, 1)),
  ];
  const measured = (of: (item: ComparedItem) => Pair<number> | undefined): Measured | null => {
    if (items.some((item) => of(item) === undefined)) return null;
    const [first, second] = both((item, side) => of(item)?.[side] ?? Number.NaN);
    return { means: [mean(first), mean(second)], winRate: mean(winsOf(first, second)) };
  };
  const lengths = both(({ lengths: tokens }, side) => tokens[side]);
  const unfinished = both(({ finished }, side) => (finished[side] ? 0 : 1));
  return {
    ...{ names, numItems: items.length, numPrompts: new Set(prompts).size },
    reward: measured(({ rewards }) => rewards),
    gold: measured(({ gold }) => gold),
    kl: mean(items.map(({ logRatio }) => logRatio)),
    length: [mean(lengths[0]), mean(lengths[1])],
    unfinished: [mean(unfinished[0]).value, mean(unfinished[1]).value],
    ...{ tasks, items },
  };
}

/**
 * Two models' answers to the tasks that both were asked, paired by id.
 * @returns null where there are none
 */
export function compareTasks(
  first: readonly { readonly id: string; readonly isRight: boolean }[],
  second: readonly { readonly id: string; readonly isRight: boolean }[],
): ComparedTasks | null {
  const known = new Map(second.map(({ id, isRight }) => [id, isRight]));
  const both = first.flatMap(({ id, isRight }) => {
    const other = known.get(id);
    return other === undefined ? [] : [[Number(isRight), Number(other)] as const];
  });
  if (both.length === 0) return null;
  const rate = (side: 0 | 1) => both.reduce((sum, pair) => sum + pair[side], 0) / both.length;
  const drop = estimateMean(
    both.map(([a, b]) => a - b),
    undefined,
    oneSided,
  );
  return {
    ...{ numTasks: both.length, rates: [rate(0), rate(1)] },
    ...{ drop: drop.value, dropBound: drop.high },
  };
}
