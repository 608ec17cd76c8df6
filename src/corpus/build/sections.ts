/** Large files, cut where lines begin, so that several workers can share one. */
import { createHash, type Hash } from 'node:crypto';
import { rawBlocks } from '../../base/index.ts';

/** A stretch of a file that is worked on by itself. A line belongs to the one that it begins in. */
export interface Section {
  /** In bytes; `end` is the first that does not belong to it. */
  start: number;
  end: number;
  /** The number of its first line in the file, from 1. */
  firstLine: number;
  /** Rows, where the file is a table; lines end where the section does. */
  numLines?: number;
  /** Of its bytes; of a table, of the whole file. */
  sha256: string;
}

/** Of this size, and of the rest of a line. */
export const sectionBytes = 64 * 2 ** 20;

const lineFeed = 0x0a;

export function sizeOf({ start, end }: Pick<Section, 'start' | 'end'>): number {
  return end - start;
}

/**
 * Reads a file once, to hash it and to find its sections; a file that is not one of lines is a single
 * one (`maxBytes` Infinity), and so is an empty file.
 *
 * @param maxBytes the least size of a section that is not the last
 * @throws FileError
 */
export async function sectionsOf(path: string, maxBytes: number): Promise<Section[]> {
  const cutter = new SectionCutter(maxBytes);
  for await (const block of rawBlocks(path)) cutter.push(block);
  return cutter.end();
}

class SectionCutter {
  readonly #maxBytes: number;
  readonly #sections: Section[] = [];
  #hash: Hash = createHash('sha256');
  #start = 0;
  #position = 0;
  #firstLine = 1;
  #numLines = 0;
  #isCut = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(block: Buffer): void {
    for (let at = 0; at < block.length; ) {
      // Not before there is more: behind the end of the file there is no section.
      if (this.#isCut) this.#finish();
      const lineEnd = this.#cutIn(block, at);
      this.#isCut = lineEnd !== undefined;
      const part = block.subarray(at, lineEnd ?? block.length);
      this.#hash.update(part);
      if (this.#maxBytes !== Infinity) this.#numLines += countLineFeeds(part);
      this.#position += part.length;
      at += part.length;
    }
  }

  end(): Section[] {
    this.#finish();
    return this.#sections;
  }

  /** Behind the first line feed from the least size of a section on, if the block has it. */
  #cutIn(block: Buffer, at: number): number | undefined {
    const missing = this.#start + this.#maxBytes - this.#position;
    if (missing > block.length - at) return undefined;
    const found = block.indexOf(lineFeed, at + Math.max(0, missing - 1));
    return found < 0 ? undefined : found + 1;
  }

  #finish(): void {
    const [start, end, firstLine] = [this.#start, this.#position, this.#firstLine];
    this.#sections.push({ start, end, firstLine, sha256: this.#hash.digest('hex') });
    this.#hash = createHash('sha256');
    this.#start = end;
    this.#firstLine += this.#numLines;
    this.#numLines = 0;
    this.#isCut = false;
  }
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}
