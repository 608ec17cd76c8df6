/** One row of CSV as RFC 4180 has it. */

/** What came of a stretch of lines. */
export type ParsedRow =
  | { readonly fields: string[] }
  /** A quoted field goes on in the next line. */
  | 'open'
  /** A quote inside of a bare field, or something behind a closing quote. */
  | 'malformed';

/**
 * Parses the lines of one row. A field in quotes may hold delimiters, line ends and doubled quotes;
 * outside of them a quote is a mistake.
 *
 * @param row without its line feed at the end
 */
export function parseRow(row: string, delimiter: string): ParsedRow {
  const fields: string[] = [];
  const end = row.endsWith('\r') ? row.length - 1 : row.length;
  for (let at = 0; ; at++) {
    if (row[at] === '"') {
      const closing = closingQuote(row, at);
      if (closing < 0) return 'open';
      fields.push(row.slice(at + 1, closing).replaceAll('""', '"'));
      at = closing + 1;
      if (at < end && row[at] !== delimiter) return 'malformed';
    } else {
      const next = row.indexOf(delimiter, at);
      const stop = next < 0 || next > end ? end : next;
      const field = row.slice(at, stop);
      if (field.includes('"') || field.includes('\r')) return 'malformed';
      fields.push(field);
      at = stop;
    }
    if (at >= end) return { fields };
  }
}

/** The quote that ends a field: the first that is not doubled. */
function closingQuote(row: string, start: number): number {
  for (let at = row.indexOf('"', start + 1); at >= 0; at = row.indexOf('"', at + 2)) {
    if (row[at + 1] !== '"') return at;
  }
  return -1;
}
