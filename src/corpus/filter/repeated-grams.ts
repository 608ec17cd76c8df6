import { GramSums, type GramTable } from './gram-table.ts';

/** Characters of all occurrences of the most frequent gram; 0 where none occurs twice. */
export function topGramCharacters(sums: GramSums, length: number, table: GramTable): number {
  const power = GramSums.powerOf(length);
  table.reset(sums.numUnits);
  let [most, characters] = [1, 0];
  for (let end = length; end <= sums.numUnits; end++) {
    const count = table.add(sums.hash(end - length, end, power));
    if (count < most || count === 1) continue;
    const size = sums.characters(end - length, end);
    // Of equally frequent grams the longest, so that their order does not matter.
    characters = count > most ? size : Math.max(characters, size);
    most = count;
  }
  return most * characters;
}

/**
 * Characters of grams that stood before. 'apart' goes on behind a gram that is found again, as datatrove
 * does; 'overlapping' looks at every place and counts each character once, which is never less.
 */
export function repeatedCharacters(
  sums: GramSums,
  length: number,
  table: GramTable,
  mode: 'apart' | 'overlapping',
): number {
  const power = GramSums.powerOf(length);
  table.reset(sums.numUnits);
  let [characters, covered] = [0, 0];
  for (let start = 0; start + length <= sums.numUnits; start++) {
    const end = start + length;
    if (table.add(sums.hash(start, end, power)) === 1) continue;
    characters += sums.characters(Math.max(start, covered), end);
    covered = end;
    if (mode === 'apart') start = end - 1;
  }
  return characters;
}
