import { type JsonObject, type LineRejection, parseJsonLine } from './json-line.ts';
import { type Line, LineSplitter } from './line-splitter.ts';
import { type ReadBlocksOptions, readBlocks } from './read-blocks.ts';

/** Where a record stands. */
export interface LinePlace {
  file: string;
  /** From 1; blank lines count too. */
  line: number;
}

/** A line with a record, or one that was left out and why. */
export type JsonLine = LinePlace & ({ value: JsonObject } | { rejected: LineRejection });

/** Whole lines of a file that is not packed. Default: all of them. */
export interface LineRange extends Pick<ReadBlocksOptions, 'start' | 'end' | 'onBytes'> {
  /** The number of the line at `start`. Default: 1. */
  firstLine?: number;
}

/** Files of JSON lines, by their names. */
export const jsonLinesName = /\.(jsonl|ndjson)(\.gz|\.zst)?$/;

/**
 * Reads a file of JSON objects, one a line, also packed (`.gz`, `.zst`). A line that cannot be used is
 * given out as rejected, and those beside it are read; blank lines are nothing at all. So lines =
 * records + rejections + blank ones. Needs memory for one line, which has at most 16 MiB.
 *
 * @throws FileError as `readBlocks`, after the records that stand before a damage.
 */
export async function* readJsonLines(
  file: string,
  { firstLine, ...range }: LineRange = {},
): AsyncGenerator<JsonLine> {
  const lines = new LineSplitter(firstLine);
  for await (const block of readBlocks(file, range)) {
    // Not `yield*`, which would wait for every line once more.
    for (const line of jsonLinesOf(file, lines.push(block))) yield line;
  }
  yield* jsonLinesOf(file, lines.end());
}

function* jsonLinesOf(file: string, lines: Iterable<Line>): Generator<JsonLine> {
  for (const { number, bytes } of lines) {
    const parsed = parseJsonLine(bytes);
    if (parsed !== undefined) yield { file, line: number, ...parsed };
  }
}
