import type { ModelComparison, Pair } from './model-comparison.ts';
import type { Estimate } from './paired-estimate.ts';

/** A line of the table: what was measured, of both models, and of the second against the first. */
export interface ComparisonRow {
  readonly english: string;
  readonly chinese: string;
  readonly sides: Pair<string>;
  readonly difference: string;
}

/** The table of a comparison, in the order in which people ask. */
export function comparisonRows(comparison: ModelComparison): ComparisonRow[] {
  const { reward, gold, kl, length, unfinished, tasks } = comparison;
  const rows: ComparisonRow[] = [];
  const add = (english: string, chinese: string, sides: Pair<string>, difference = '') =>
    rows.push({ english, chinese, sides, difference });
  const pair = (values: Pair<Estimate>, show: (value: number) => string): Pair<string> => [
    withInterval(values[0], show),
    withInterval(values[1], show),
  ];
  const wins = (winRate: Estimate) => `wins ${withInterval(winRate, percent)}`;
  if (reward !== null) add('reward', '奖励', pair(reward.means, decimals), wins(reward.winRate));
  if (gold !== null) add('gold score', '金标分数', pair(gold.means, decimals), wins(gold.winRate));
  add('KL, nats an answer', 'KL，每个回答（纳特）', ['0', withInterval(kl, decimals)]);
  add(
    'length, tokens',
    '长度（词元）',
    pair(length, (value) => value.toFixed(1)),
  );
  add('without an end', '没有结尾', [percent(unfinished[0]), percent(unfinished[1])]);
  if (tasks !== null) {
    const { rates, drop, dropBound } = tasks;
    const bound = `drop ${points(drop)}, below ${points(dropBound)} with 95 %`;
    add('right instructions', '指令答对', [percent(rates[0]), percent(rates[1])], bound);
  }
  return rows;
}

/** What an item is, in one sentence. */
export function describeItems({ numItems, numPrompts }: ModelComparison): string {
  return `${numItems} paired items: both models answered the same prompt once each, with the same random numbers; ${numPrompts} prompts are different, and intervals (95 %) count answers to one prompt together.`;
}

function withInterval({ value, low, high }: Estimate, show: (value: number) => string): string {
  return `${show(value)} (${show(low)} to ${show(high)})`;
}

export function decimals(value: number): string {
  return value.toFixed(3);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function points(share: number): string {
  return `${(100 * share).toFixed(2)} points`;
}
