/** Which documents are held out. */
import { createHash } from 'node:crypto';
import { ConfigError, deriveSeed, type Seed } from '../../base/index.ts';

export type Subset = 'train' | 'validation';

/**
 * Decides by a hash of the seed and the document's bytes: a document stays on its side when others
 * are added, removed or reordered, equal documents are on the same side, and a larger fraction
 * holds out all that a smaller one does.
 *
 * @throws ConfigError when the fraction is not from 0 to 1.
 */
export function subsetChooser(
  validationFraction: number,
  splitSeed: Seed,
): (bytes: Uint8Array) => Subset {
  if (!(validationFraction >= 0 && validationFraction <= 1)) {
    throw new ConfigError({
      what: 'validationFraction',
      must: 'be from 0 to 1',
      got: String(validationFraction),
    });
  }
  const seed = Buffer.alloc(8);
  seed.writeBigUInt64LE(deriveSeed(splitSeed, 'validation split'));
  if (validationFraction === 0) return () => 'train';
  return (bytes) => {
    const digest = createHash('sha256').update(seed).update(bytes).digest();
    const draw = digest.readUIntBE(0, 6) / 2 ** 48;
    return draw < validationFraction ? 'validation' : 'train';
  };
}
