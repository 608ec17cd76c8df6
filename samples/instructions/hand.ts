import type { SeededRandom } from '../../src/base/index.ts';
import type { Language } from '../grammar/index.ts';
import { classOf, type Split, type World } from '../world/index.ts';
import type { Draft } from './item.ts';

/** What a kind draws with. */
export interface Hand {
  readonly world: World;
  readonly random: SeededRandom;
  readonly split: Split;
  readonly language: Language;
}

/** Draws an instruction of one kind, from the side of the split that the hand asks for. */
export type Drawer = (hand: Hand) => Draft;

/** Of held-out instructions, one in so many is asked in a phrasing that no training item has. */
export const newPhrasingOneIn = 8;

/**
 * A phrasing where what is asked for is itself held out: any of the known ones, or for held-out items
 * now and then the last of all, which training never shows.
 */
export function drawPhrasing({ random, split }: Hand, numPhrasings: number): number {
  const known = numPhrasings - 1;
  if (split === 'held-out' && random.int(newPhrasingOneIn) === 0) return known;
  return random.int(known);
}

/**
 * A phrasing where the two sides ask for the same things: of the known phrasings, `heldOut` is never
 * paired with this thing in training, and the last one with nothing.
 */
export function pairPhrasing(
  { random, split }: Hand,
  numPhrasings: number,
  heldOut: number,
): number {
  const known = numPhrasings - 1;
  if (split === 'train') return (heldOut + 1 + random.int(known - 1)) % known;
  return random.int(newPhrasingOneIn) === 0 ? known : heldOut;
}

/** The known phrasing that is held out for a thing, where the texts of the world do not decide it. */
export function heldOutPhrasing(key: string, numPhrasings: number): number {
  return classOf(`phrasing/${key}`, numPhrasings - 1);
}

/** Of four phrasings, the one that none of three choices gives. */
export function leftOut(choose: (choice: number) => number): number {
  const chosen = [0, 1, 2].map(choose);
  return [0, 1, 2, 3].find((phrasing) => !chosen.includes(phrasing)) ?? 0;
}

/** Says whether training shows the phrasing. */
export function phrasingTag(phrasing: number, numPhrasings: number): string {
  return phrasing < numPhrasings - 1 ? 'known phrasing' : 'new phrasing';
}
