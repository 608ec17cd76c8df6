export { type CrawlConfig, crawlPage, generateCrawl } from './generate.ts';
export { kindShares } from './kinds.ts';
export type { CrawlPage, PageKind, PageTruth } from './page.ts';
export { similarity } from './similarity.ts';
