/** Where the time of a step goes: ours beside the peer's, operator by operator. */
import { alignColumns, formatNumber } from './report.ts';

/** Operators and times of one side. */
export interface StepProfile {
  numSteps: number;
  /** Of all steps, with the profiler on. */
  milliseconds: number;
  /** Times without the operators that each calls in turn. */
  operators: readonly { name: string; numCalls: number; milliseconds: number }[];
}

/** Below this share of a step, operators are summed up in one line. */
const leastShare = 0.002;

const header = ['a step', 'calls', 'ms', "peer's calls", "peer's ms", 'ms more'];

/** A table of one step, the longest of both sides first; differences show what to look at. */
export function formatProfile(ours: StepProfile, theirs: StepProfile | undefined): string {
  const lines = mergeOperators(ours, theirs);
  const least = (leastShare * ours.milliseconds) / ours.numSteps;
  const isShown = (line: Line) => longest(line) >= least;
  const rest = lines.filter((line) => !isShown(line));
  const whole = { name: 'the whole step', ours: wall(ours), theirs: theirs && wall(theirs) };
  const caller = { name: 'outside of operators', ours: outside(ours), theirs: outside(theirs) };
  const others = sumLines(`${rest.length} others`, rest);
  const shown = [whole, ...lines.filter(isShown), others, caller];
  return alignColumns([header, ...shown.map(cells)]);
}

interface Spent {
  numCalls: number;
  milliseconds: number;
}

interface Line {
  name: string;
  ours: Spent | undefined;
  theirs: Spent | undefined;
}

const longest = ({ ours, theirs }: Line) =>
  Math.max(ours?.milliseconds ?? 0, theirs?.milliseconds ?? 0);

function mergeOperators(ours: StepProfile, theirs: StepProfile | undefined): Line[] {
  const [ourTimes, theirTimes] = [perStep(ours), perStep(theirs)];
  const names = new Set([...ourTimes.keys(), ...theirTimes.keys()]);
  const lines = [...names].map((name) => ({
    name,
    ours: ourTimes.get(name),
    theirs: theirTimes.get(name),
  }));
  return lines.sort((a, b) => longest(b) - longest(a));
}

function perStep(profile: StepProfile | undefined): Map<string, Spent> {
  const { numSteps, operators } = profile ?? { numSteps: 1, operators: [] };
  return new Map(
    operators.map(({ name, numCalls, milliseconds }) => [
      name,
      { numCalls: numCalls / numSteps, milliseconds: milliseconds / numSteps },
    ]),
  );
}

function wall({ milliseconds, numSteps }: StepProfile): Spent {
  return { numCalls: 1, milliseconds: milliseconds / numSteps };
}

/** JavaScript or Python, and waiting. */
function outside(profile: StepProfile | undefined): Spent | undefined {
  if (profile === undefined) return undefined;
  const inside = profile.operators.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return { numCalls: 0, milliseconds: (profile.milliseconds - inside) / profile.numSteps };
}

function sumLines(name: string, lines: readonly Line[]): Line {
  const sum = (side: 'ours' | 'theirs'): Spent => ({
    numCalls: lines.reduce((total, line) => total + (line[side]?.numCalls ?? 0), 0),
    milliseconds: lines.reduce((total, line) => total + (line[side]?.milliseconds ?? 0), 0),
  });
  return { name, ours: sum('ours'), theirs: sum('theirs') };
}

function cells({ name, ours, theirs }: Line): string[] {
  const both = [ours, theirs].flatMap((spent) =>
    spent === undefined ? ['', ''] : [formatNumber(spent.numCalls), spent.milliseconds.toFixed(2)],
  );
  const more = (ours?.milliseconds ?? 0) - (theirs?.milliseconds ?? 0);
  return [name, ...both, more.toFixed(2)];
}
