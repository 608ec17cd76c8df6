/** How much each source is read, as GPT-3's table 2.2 puts it. */
import { mixtureOf } from '../mix/index.ts';
import type { StoredVersion } from './read-version.ts';
import type { Amount, MixtureEntry } from './version-manifest.ts';

type Source = Amount & { weight: number; numTokens?: number };

/**
 * Shares and epochs of the sources of a version and its ancestors. Weights need not add up to one;
 * GPT-3's own add up to 101 %. A source that several versions have is one, with its newest weight.
 *
 * @param weights in place of those that sources have
 */
export function versionMixture(
  ancestors: readonly StoredVersion[],
  own: Readonly<Record<string, Source>>,
  weights: Readonly<Record<string, number>> = {},
): Record<string, MixtureEntry> {
  const sources = new Map<string, Source>();
  for (const version of [...ancestors.map(({ manifest }) => manifest.sources), own]) {
    for (const [name, source] of Object.entries(version)) {
      sources.set(name, together(sources.get(name), source, weights[name]));
    }
  }
  const all = [...sources.values()];
  const isInTokens = all.every(({ numTokens }) => numTokens !== undefined);
  const sizes = [...sources].map(([name, { numTokens = 0, textBytes, weight }]) => {
    const size = isInTokens ? numTokens : textBytes;
    // Of what has no text nothing can be read, whatever its weight.
    return { name, numTokens: size, weight: size === 0 ? 0 : weight };
  });
  const total = sizes.reduce((sum, { numTokens }) => sum + numTokens, 0);
  const hasText = sizes.some(({ weight }) => weight > 0);
  const shares = hasText ? mixtureOf(sizes, total) : [];
  const entries = [...sources].map(([name, source], i) => {
    const { share = 0, epochs = 0 } = shares[i] ?? {};
    return [name, { ...source, share, epochs }];
  });
  return Object.fromEntries(entries);
}

function together(before: Source | undefined, source: Source, weight = source.weight): Source {
  const { numDocuments, textBytes, numTokens } = source;
  const tokens = numTokens === undefined ? undefined : numTokens + (before?.numTokens ?? 0);
  return {
    numDocuments: numDocuments + (before?.numDocuments ?? 0),
    textBytes: textBytes + (before?.textBytes ?? 0),
    ...(tokens !== undefined && { numTokens: tokens }),
    weight,
  };
}
