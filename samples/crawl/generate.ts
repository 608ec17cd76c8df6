import { ConfigError, deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { createWorld, type World, type WorldConfig } from '../world/index.ts';
import { kindOf, pageId } from './kinds.ts';
import { makePage } from './make-page.ts';
import type { CrawlPage } from './page.ts';

/** Which world to crawl and how many pages; a shard holds every `numShards`-th of them. */
export interface CrawlConfig extends WorldConfig {
  readonly numPages: number;
  /** This shard, from 0. */
  readonly shard?: number;
  readonly numShards?: number;
}

/**
 * A dirty crawl of a world, with the truth about each page. Page `index` is the same in every run and
 * shard; duplicates repeat pages before them.
 *
 * @throws ConfigError when a field is not valid.
 */
export function* generateCrawl(config: CrawlConfig): Generator<CrawlPage, void, undefined> {
  const { numPages, shard = 0, numShards = 1 } = config;
  const whole = [numPages, shard, numShards].every((value) => Number.isSafeInteger(value));
  if (!whole || numPages < 0 || shard < 0 || shard >= numShards) {
    const got = `${numPages} pages, shard ${shard} of ${numShards}`;
    throw new ConfigError({
      what: 'numPages and shard',
      must: 'be whole, shard below numShards',
      got,
    });
  }
  const world = createWorld(config);
  for (let index = shard; index < numPages; index += numShards) yield crawlPage(world, index);
}

/** The page of a world's crawl at an index: a pure function of both. */
export function crawlPage(world: World, index: number): CrawlPage {
  const random = new SeededRandom(deriveSeed(world.seed, 'page', index));
  const { host, bytes, truth } = makePage(world, random, index, kindOf(world, index));
  const month = String(1 + random.int(12)).padStart(2, '0');
  const url = `https://${host}/${2015 + random.int(10)}/${month}/${index}.html`;
  return { id: pageId(world, index), index, url, bytes, truth };
}
