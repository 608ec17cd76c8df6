import { inject } from 'vitest';

/** How thorough a test run is: `npm test`, `npm run test:pr` or `npm run test:slow`. */
export type Tier = 'test' | 'pr' | 'slow';

declare module 'vitest' {
  interface ProvidedContext {
    tier: Tier;
  }
}

/** The tier of this run; `tools/test.mjs --tier` sets it, plain `vitest` runs the smallest. */
export const tier: Tier = inject('tier') ?? 'test';

/** The number for this tier, as in `count({ test: 1_000, pr: 100_000, slow: 10_000_000 })`. */
export function count(perTier: Record<Tier, number>): number {
  return perTier[tier];
}
