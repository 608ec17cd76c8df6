/** One line of a benchmark's result. */
export interface Row {
  name: string;
  unit: string;
  ours: number | null;
  /** The peer's number in the same unit; null when there is no peer to measure against. */
  peer: number | null;
  peerName: string | null;
  /** How many times better ours is: above 1 we win, whichever direction the unit counts in. */
  ratio: number | null;
  /** The ratio to reach. */
  target: number;
  pass: boolean | null;
  /** The middle half of the ratios of all rounds; only people see it. */
  spread: readonly [low: number, high: number] | null;
}

/** The least ratio that counts as "equal". */
export const equal = 0.97;

/** A row for which ours and the peer's number are each one number, such as a peak of memory. */
export function compareLowest(
  row: Pick<Row, 'name' | 'unit' | 'ours' | 'peer' | 'peerName' | 'target'>,
): Row {
  const { ours, peer, target } = row;
  const ratio = ours === null || peer === null ? null : peer / Math.max(ours, Number.MIN_VALUE);
  return { ...row, ratio, pass: ratio === null ? null : ratio >= target, spread: null };
}

/** What `--json` prints: `{"rows":[…]}` with the eight fields that every benchmark has. */
export function toJson(rows: readonly Row[]): string {
  return JSON.stringify({ rows: rows.map(({ spread: _, ...row }) => row) });
}
