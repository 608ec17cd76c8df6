import { deriveSeed, SeededRandom } from '../../src/base/index.ts';
import type { World } from '../world/world.ts';
import type { PageKind } from './page.ts';

/** How many pages in a hundred are of each kind. */
export const kindShares: Readonly<Record<PageKind, number>> = {
  article: 46,
  'exact-duplicate': 8,
  'near-duplicate': 7,
  'half-duplicate': 3,
  spam: 12,
  boilerplate: 10,
  garbled: 7,
  truncated: 7,
};

/** The kind of the page at an index; the first is an article, so that there is one to repeat. */
export function kindOf(world: World, index: number): PageKind {
  if (index === 0) return 'article';
  const random = new SeededRandom(deriveSeed(world.seed, 'page kind', index));
  let left = random.int(100);
  for (const [kind, share] of Object.entries(kindShares) as [PageKind, number][]) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'article';
}

/** The index of an article before a page, for the page to repeat. */
export function earlierArticle(world: World, random: SeededRandom, index: number): number {
  let earlier = random.int(index);
  while (kindOf(world, earlier) !== 'article') earlier--;
  return earlier;
}

export function pageId(world: World, index: number): string {
  return `${world.size}-${world.seed}/page-${String(index).padStart(6, '0')}`;
}
