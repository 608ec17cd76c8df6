import type { RewardReport } from './reward-report.ts';

const barWidth = 40;

/** A report for people: a few lines of numbers, the histogram, the reliability diagram, the raters. */
export function formatRewardReport(report: RewardReport): string {
  const { numPairs, numComparisons, loss, accuracy, margins, reliability } = report;
  const { rate, low, high } = accuracy;
  return [
    `${numPairs} pairs of ${numComparisons} rankings`,
    `accuracy ${percent(rate)} (95 %: ${percent(low)} to ${percent(high)}), mean margin ${margins.mean.toFixed(3)}, loss ${loss.toFixed(3)}`,
    ...boundLines(report),
    `correlation of score and length ${report.lengthCorrelation.toFixed(3)}`,
    '',
    'score of the better answer minus that of the worse one',
    ...histogramLines(report),
    '',
    `how sure, and how often right; calibration error ${reliability.calibrationError.toFixed(3)}`,
    ...reliability.bins.map(({ from, to, numPairs: number, observed }) => {
      const right = number === 0 ? '' : percent(observed);
      return `${percent(from)} to ${percent(to)}  ${right.padStart(7)}  of ${number}`;
    }),
    ...raterLines(report),
  ].join('\n');
}

function boundLines({ bound }: RewardReport): string[] {
  if (bound === null) return [];
  const { numPairs, rate, accuracy, ratio } = bound;
  const own = `${percent(accuracy)}, ${percent(ratio)} of it`;
  return [`the raters' noise allows ${percent(rate)} on ${numPairs} pairs; reached ${own}`];
}

function histogramLines({ margins: { edges, counts } }: RewardReport): string[] {
  const most = Math.max(1, ...counts);
  return counts.map((number, bin) => {
    const border = bin === 0 ? `below ${edges[0]}` : `from ${edges[bin - 1]}`;
    return `${border.padEnd(10)} ${'█'.repeat(Math.round((number / most) * barWidth))} ${number}`;
  });
}

function raterLines({ raters: { raters, agreement, mean } }: RewardReport): string[] {
  if (mean === null) return [];
  const width = Math.max(8, ...raters.map(({ length }) => length + 1));
  const rows = raters.map((name, i) => {
    const cells = (agreement[i] ?? []).map((share) => (share === null ? '·' : percent(share)));
    return name.padEnd(width) + cells.map((cell) => cell.padStart(width)).join('');
  });
  const header = ' '.repeat(width) + raters.map((name) => name.padStart(width)).join('');
  return ['', `raters agree with each other on ${percent(mean)} of pairs`, header, ...rows];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
