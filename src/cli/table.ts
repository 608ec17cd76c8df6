/** Tables and numbers in a terminal. */

/**
 * Lines with aligned columns.
 * @param numLeft columns that begin at their left edge; the others hold numbers and end at the right
 */
export function formatTable(rows: readonly (readonly string[])[], numLeft = 1): string {
  const numColumns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: numColumns }, (_, i) =>
    rows.reduce((width, row) => Math.max(width, row[i]?.length ?? 0), 0),
  );
  const align = (cell: string, i: number): string =>
    i < numLeft ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return rows.map((row) => row.map(align).join('  ').trimEnd()).join('\n');
}

/** `174604259328` → `174,604,259,328` */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** Bytes in powers of a thousand, as disks are sold: `349.2 GB`. */
export function formatBytes(sizeBytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = sizeBytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(sizeBytes) / 3));
  return `${(sizeBytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
