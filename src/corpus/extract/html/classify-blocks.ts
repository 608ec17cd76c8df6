/**
 * Which blocks read like prose, judged by themselves and by their neighbours: jusText (Pomikálek,
 * "Removing Boilerplate and Duplicate Content from Web Corpora", 2011, section 3.2), with its limits on
 * length, links and function words, and with Chinese characters counted for what they say.
 */
import type { Block } from './block.ts';
import { shapeOf, type TextShape } from './function-words.ts';

/** `short` says too little to be judged by itself. */
export type BlockClass = 'good' | 'near-good' | 'short' | 'bad';

export interface ClassifiedBlock extends Block {
  readonly length: number;
  readonly linkShare: number;
  /** Judged by itself. */
  readonly alone: BlockClass;
  /** Judged with its neighbours. */
  class: BlockClass;
}

/** jusText's, in letters and shares; with fewer links and shorter texts than these nothing is decided. */
const limits = {
  shortLength: 70,
  longLength: 200,
  linkShare: 0.33,
  lowShare: { latin: 0.24, wide: 0.06 },
  highShare: { latin: 0.3, wide: 0.1 },
} as const;

/** Notices of rights, which read like prose. Searching for each is faster than one expression. */
const rights = [
  '©',
  '®',
  '(c) 1',
  '(c) 2',
  '(C) 1',
  '(C) 2',
  'opyright',
  'COPYRIGHT',
  '版权所有',
  '版權所有',
  '备案号',
];

export function classifyBlocks(blocks: readonly Block[]): ClassifiedBlock[] {
  const judged = blocks.map(judge);
  const classes = judged.map(({ alone }) => alone);
  for (const [i, block] of judged.entries()) block.class = classAmongOthers(classes, i);
  return judged;
}

function judge(block: Block): ClassifiedBlock {
  const { kind, text, level, marker, numLinkCharacters, container } = block;
  const shape = shapeOf(text);
  const linkShare = numLinkCharacters / text.length;
  const alone = classAlone(block, shape, linkShare);
  // Field by field: a spread takes longer than all of the judging.
  return {
    kind,
    text,
    level,
    marker,
    numLinkCharacters,
    container,
    length: shape.length,
    linkShare,
    alone,
    class: alone,
  };
}

function classAlone(
  { kind, text }: Block,
  { length, functionShare, isWide }: TextShape,
  linkShare: number,
): BlockClass {
  const script = isWide ? 'wide' : 'latin';
  if (kind === 'code') return 'short';
  if (linkShare > limits.linkShare) return 'bad';
  if (length < limits.longLength && rights.some((words) => text.includes(words))) return 'bad';
  if (length < limits.shortLength) return linkShare > 0.2 ? 'bad' : 'short';
  if (functionShare >= limits.highShare[script]) {
    return length > limits.longLength ? 'good' : 'near-good';
  }
  return functionShare >= limits.lowShare[script] ? 'near-good' : 'bad';
}

/**
 * Short blocks become what stands around them: good between good ones, bad between bad ones, and good
 * between both when the good one or a near-good one is nearer. Near-good ones are good but between
 * bad ones.
 */
function classAmongOthers(classes: readonly BlockClass[], at: number): BlockClass {
  const own = classes[at] ?? 'bad';
  if (own === 'good' || own === 'bad') return own;
  const before = neighbour(classes, at, -1);
  const after = neighbour(classes, at, 1);
  if (own === 'near-good') return before === 'bad' && after === 'bad' ? 'bad' : 'good';
  if (before === after) return before;
  const nearest = [neighbourNear(classes, at, -1), neighbourNear(classes, at, 1)];
  return nearest.includes('near-good') || nearest.includes('good') ? 'good' : 'bad';
}

/** The class of the next block on a side that is good or bad; beyond the page everything is bad. */
function neighbour(classes: readonly BlockClass[], at: number, step: 1 | -1): 'good' | 'bad' {
  for (let i = at + step; i >= 0 && i < classes.length; i += step) {
    const found = classes[i];
    if (found === 'good' || found === 'bad') return found;
  }
  return 'bad';
}

function neighbourNear(classes: readonly BlockClass[], at: number, step: 1 | -1): BlockClass {
  for (let i = at + step; i >= 0 && i < classes.length; i += step) {
    const found = classes[i];
    if (found !== undefined && found !== 'short') return found;
  }
  return 'bad';
}
