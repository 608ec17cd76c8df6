/** Tables and numbers in a terminal. */

/**
 * Lines with aligned columns.
 * @param numLeft columns that begin at their left edge; the others hold numbers and end at the right
 */
export function formatTable(rows: readonly (readonly string[])[], numLeft = 1): string {
  const numColumns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: numColumns }, (_, i) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(row[i] ?? '')), 0),
  );
  const align = (cell: string, i: number): string => {
    const space = ' '.repeat((widths[i] ?? 0) - displayWidth(cell));
    return i < numLeft ? cell + space : space + cell;
  };
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

/** `1234` → `1,234`; four digits of what is not whole. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toPrecision(4);
}

/** `42.0 s`, `3 min 20 s`, `5 h 7 min` */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${formatCount(Math.floor(whole / 3600))} h ${Math.floor(whole / 60) % 60} min`;
}

/** Columns in a terminal: Chinese characters and full-width signs take two. */
function displayWidth(text: string): number {
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/;
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}
