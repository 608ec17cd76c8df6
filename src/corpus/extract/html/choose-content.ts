/** Which blocks of a page are its content. */
import type { Container, Page } from './block.ts';
import { type ClassifiedBlock, classifyBlocks } from './classify-blocks.ts';

/** A part of a page holds the content when it holds this share of what may be content. */
const leastShare = 0.75;
/** In letters; a page whose best part has less says nothing. */
const leastMass = 140;
/** Furniture that holds as much of a page is none. */
const mostFurniture = 0.6;

/**
 * Chooses the smallest element that holds most of the prose, as Readability does (Arc90, 2009), and
 * keeps what stands in it but for furniture and links; elsewhere only prose is kept.
 *
 * @returns the blocks that are content, in order; none where a page has none
 */
export function chooseContent(page: Page): ClassifiedBlock[] {
  const blocks = classifyBlocks(page.blocks);
  const furniture = furnitureOf(page.containers, blocks);
  const isContent = (block: ClassifiedBlock) => !furniture[block.container];
  const masses = sumsOf(page.containers, blocks, (block) => (isContent(block) ? massOf(block) : 0));
  if ((masses[0] ?? 0) < leastMass) return [];
  const root = rootOf(page.containers, masses);
  const inside = insideOf(page.containers, root);
  const kept = blocks.filter((block) => {
    if (!isContent(block)) return false;
    return inside[block.container] ? isKeptInside(block) : isKeptOutside(block);
  });
  return withoutEmptyHeadings(kept);
}

/** How much of a block may be content, in letters. */
function massOf({ alone, kind, length, linkShare }: ClassifiedBlock): number {
  if (kind === 'heading' || linkShare > 0.5) return 0;
  const text = length * (1 - linkShare);
  if (alone === 'good') return text;
  if (alone === 'near-good') return 0.7 * text;
  if (kind === 'code' || kind === 'row') return 0.5 * Math.min(text, 2_000);
  return alone === 'short' ? 0.5 * text : 0.1 * text;
}

function isKeptInside({ kind, linkShare, length, text }: ClassifiedBlock): boolean {
  if (kind === 'code') return true;
  if (kind === 'heading') return linkShare < 0.9 || length < 200;
  if (length < 200 && /[©®]|版权所有|all rights reserved/i.test(text)) return false;
  return kind === 'paragraph' && length < 25 ? linkShare < 0.5 : linkShare <= 0.6;
}

function isKeptOutside(block: ClassifiedBlock): boolean {
  return block.alone === 'good' && block.linkShare < 0.2;
}

/** Headings with nothing under them go. */
function withoutEmptyHeadings(blocks: readonly ClassifiedBlock[]): ClassifiedBlock[] {
  return blocks.filter((block, i) => {
    if (block.kind !== 'heading') return true;
    const next = blocks[i + 1];
    return next !== undefined && (next.kind !== 'heading' || next.level > block.level);
  });
}

/** Sums a number of each block over the elements that it stands in. Parents come before children. */
function sumsOf(
  containers: readonly Container[],
  blocks: readonly ClassifiedBlock[],
  number: (block: ClassifiedBlock) => number,
): Float64Array {
  const sums = new Float64Array(containers.length);
  for (const block of blocks) sums[block.container] = (sums[block.container] ?? 0) + number(block);
  for (let i = containers.length - 1; i > 0; i--) {
    const parent = containers[i]?.parent ?? 0;
    sums[parent] = (sums[parent] ?? 0) + (sums[i] ?? 0);
  }
  return sums;
}

/** Which elements are furniture, or stand in it. */
function furnitureOf(
  containers: readonly Container[],
  blocks: readonly ClassifiedBlock[],
): boolean[] {
  const masses = sumsOf(containers, blocks, massOf);
  const most = mostFurniture * (masses[0] ?? 0);
  const found: boolean[] = [];
  for (const [i, { parent, isFurniture }] of containers.entries()) {
    found[i] = found[parent] === true || (isFurniture && (masses[i] ?? 0) <= most);
  }
  return found;
}

/** Goes down to the child that holds most of its parent's mass, as long as there is one. */
function rootOf(containers: readonly Container[], masses: Float64Array): number {
  const least = leastShare * (masses[0] ?? 0);
  let root = 0;
  for (const [i, { parent, isMain }] of containers.entries()) {
    if (parent !== root) continue;
    if ((masses[i] ?? 0) >= least || (isMain && (masses[i] ?? 0) >= leastMass)) root = i;
  }
  return root;
}

function insideOf(containers: readonly Container[], root: number): boolean[] {
  const inside: boolean[] = [];
  for (const [i, { parent }] of containers.entries())
    inside[i] = i === root || inside[parent] === true;
  return inside;
}
