/** How the words of a corpus lie in memory while their symbols are merged. */
import type { WordCountArrays } from './word-counts.ts';

/**
 * A node per byte of every word, four numbers each, in one array because they are used together:
 * the cell, the pair that starts here, the next and the previous place of that pair.
 *
 * The cell of a symbol's first byte is its id. Of a longer symbol the last cell is minus its length
 * and those between are negative. Words are parted by a node with the cell `boundary`.
 */
export const stride = 4;
export const pairAt = 1;
export const nextAt = 2;
export const previousAt = 3;
export const boundary = -(2 ** 31);
export const noPair = -1;

/**
 * All words, each byte a symbol, without pairs.
 *
 * @param idsOfBytes the symbol of each byte
 * @returns the nodes, and the word of each
 */
export function layOutNodes(
  { bytes, ends }: WordCountArrays,
  idsOfBytes: Int32Array,
): { nodes: Int32Array; words: Int32Array } {
  const numNodes = bytes.length + ends.length + 1;
  const nodes = new Int32Array(numNodes * stride);
  const words = new Int32Array(numNodes);
  let node = 0;
  let start = 0;
  nodes[node++ * stride] = boundary;
  for (const [word, end] of ends.entries()) {
    for (let at = start; at < end; at++) {
      nodes[node * stride] = idsOfBytes[bytes[at] as number] as number;
      words[node++] = word;
    }
    nodes[node++ * stride] = boundary;
    start = end;
  }
  return { nodes, words };
}
