/** Texts chosen at random, the same ones for any number of workers and any order of files. */
import { createHash } from 'node:crypto';

/** The beginning of a text, and the draw by which it was chosen. */
export interface Sample {
  id: string;
  text: string;
  /** Of the rule that dropped it. */
  value?: number | string;
  /** Hex digits that depend on the id alone: of all documents those with the lowest are shown. */
  draw: string;
}

const maxSamples = 6;
const maxCharacters = 700;

export function sampleOf(id: string, text: string, value?: number | string): Sample {
  const draw = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return { id, text: beginningOf(text), ...(value !== undefined && { value }), draw };
}

export function mergeSamples(a: readonly Sample[], b: readonly Sample[]): readonly Sample[] {
  const worst = a.length < maxSamples ? undefined : a[maxSamples - 1];
  if (worst !== undefined && b.every((sample) => isBefore(worst, sample))) return a;
  return [...a, ...b].sort((x, y) => (isBefore(x, y) ? -1 : 1)).slice(0, maxSamples);
}

function isBefore(a: Sample, b: Sample): boolean {
  if (a.draw !== b.draw) return a.draw < b.draw;
  return a.id === b.id ? a.text <= b.text : a.id < b.id;
}

/** Never ends inside a character. */
function beginningOf(text: string): string {
  if (text.length <= maxCharacters) return text;
  return `${text.slice(0, maxCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
