import { ConfigError } from '../../../src/base/index.ts';

/** One line of a data table: the subject's cell and its other cells by column name. */
export interface Row {
  readonly name: string;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads a table whose first line names the columns. Cells are separated by ` ; `; a cell `-` is left
 * out.
 *
 * @throws ConfigError when a line has too many or too few cells.
 */
export function readTable(text: string): Row[] {
  const [head = [], ...lines] = readLines(text);
  return lines.map((line) => {
    if (line.length !== head.length) {
      const must = `have ${head.length} cells`;
      throw new ConfigError({ what: `line “${line[0]}” of a table`, must, got: `${line.length}` });
    }
    const entries = head.map((column, i) => [column, line[i] as string] as const);
    const cells = Object.fromEntries(entries.slice(1).filter(([, cell]) => cell !== '-'));
    return { name: line[0] as string, cells };
  });
}

/** The lines of a table without a head, each split into its cells; every text is read once. */
export function readLines(text: string): readonly (readonly string[])[] {
  let lines = cache.get(text);
  if (lines === undefined) {
    const filled = text.split('\n').filter((line) => line.trim() !== '');
    lines = filled.map((line) => line.split(';').map((cell) => cell.trim()));
    cache.set(text, lines);
  }
  return lines;
}

const cache = new Map<string, readonly (readonly string[])[]>();

/** The words of a list like `一月|January 二月|February`. */
export function readWords(text: string): string[] {
  return text.split(' ');
}
