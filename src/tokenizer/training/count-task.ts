/** Counts the words of one file or one range of it; what a worker does. */
import { type FileState, readBlocks } from '../../base/index.ts';
import { type SplitterName, splitterNamed } from '../splitters/splitter.ts';
import { JsonLineCounter } from './json-line-counter.ts';
import { PieceCounter } from './piece-counter.ts';
import type { WordCounts } from './word-counts.ts';

/** The file's size and time are those of when the work was planned; they must not change. */
export interface CountTask extends FileState {
  file: string;
  format: 'text' | 'jsonl';
  /** The range of bytes to count; all of the file when it is compressed. */
  start: number;
  end: number;
}

/** What was read; `numDocuments` counts lines of JSON, or 0 for text. */
export interface CountReport {
  numBytes: number;
  numDocuments: number;
  /** How many lines or words were left out, by reason. */
  rejected: Record<string, number>;
}

/** @throws FileError when the file cannot be read, is damaged or changed meanwhile. */
export async function countTask(
  task: CountTask,
  splitter: SplitterName,
  counts: WordCounts,
): Promise<CountReport> {
  const pieces = new PieceCounter(splitterNamed(splitter), counts);
  const lines = task.format === 'jsonl' ? new JsonLineCounter(pieces) : undefined;
  const { file, start, end } = task;
  let numBytes = 0;
  for await (const block of readBlocks(file, { start, end, expected: task })) {
    numBytes += block.length;
    (lines ?? pieces).push(block);
  }
  (lines ?? pieces).end();
  const rejected = { ...lines?.rejected };
  if (pieces.numTooLong > 0) rejected['word too long'] = pieces.numTooLong;
  return { numBytes, numDocuments: lines?.numDocuments ?? 0, rejected };
}
