/** Byte pair merging of ordinary pre-tokens: quadratic in their length, and fastest when short. */
import { type MergeTable, noRank } from './merge-table.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Longer pre-tokens go to the heap of `merge-long.ts`. */
export const maxShortBytes = 96;

export class ShortMerger {
  readonly #merges: MergeTable;
  readonly #ids = new Int32Array(maxShortBytes);
  /** The rank of the pair that starts at each part. */
  readonly #ranks = new Int32Array(maxShortBytes);

  constructor(merges: MergeTable) {
    this.#merges = merges;
  }

  /** Appends the tokens of `bytes[start, end)`, at most `maxShortBytes` long. */
  merge(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    const ids = this.#ids;
    const ranks = this.#ranks;
    let numParts = this.#fill(bytes, start, end);
    for (;;) {
      let best = 0;
      let bestRank = noRank;
      for (let part = 0; part < numParts - 1; part++) {
        const rank = ranks[part] as number;
        if (rank < bestRank) {
          bestRank = rank;
          best = part;
        }
      }
      if (bestRank === noRank) break;
      numParts--;
      for (let part = best + 1; part < numParts; part++) {
        ids[part] = ids[part + 1] as number;
        ranks[part] = ranks[part + 1] as number;
      }
      this.#replace(best, numParts, this.#merges.resultOf(bestRank));
    }
    out.reserve(numParts);
    for (let part = 0; part < numParts; part++) out.ids[out.length++] = ids[part] as number;
  }

  #fill(bytes: Uint8Array, start: number, end: number): number {
    const { byteIds, bytePairRanks } = this.#merges;
    let byte = bytes[start] as number;
    let part = 0;
    for (let at = start + 1; at < end; at++) {
      const next = bytes[at] as number;
      this.#ids[part] = byteIds[byte] as number;
      this.#ranks[part++] = bytePairRanks[(byte << 8) | next] as number;
      byte = next;
    }
    this.#ids[part] = byteIds[byte] as number;
    return part + 1;
  }

  /** Puts the merged id into its part and looks up the two pairs that it is now in. */
  #replace(part: number, numParts: number, id: number): void {
    this.#ids[part] = id;
    if (part > 0) this.#ranks[part - 1] = this.#merges.rankOf(this.#ids[part - 1] as number, id);
    this.#ranks[part] =
      part + 1 < numParts ? this.#merges.rankOf(id, this.#ids[part + 1] as number) : noRank;
  }
}
