import { hashOfUnits, type Line, statisticsOf } from '../text/index.ts';

/** A line or paragraph of a text. */
export interface Block {
  /** Its place, in code units. */
  readonly start: number;
  end: number;
  numUnits: number;
  /** 8 bytes of its units, as characters. */
  hash: string;
  /** What stands before it. */
  readonly separator: string;
}

/** The lines or paragraphs of a text that are not blank; of paragraphs, blank lines stand between. */
export function blocksOf(text: string, unit: 'line' | 'paragraph'): Block[] {
  const { lines, scan } = statisticsOf(text);
  const blocks: Block[] = [];
  let firstUnit = 0;
  const finish = (block: Block | undefined) => {
    if (block === undefined) return;
    block.hash = bytesOf(hashOfUnits(scan.hashes.subarray(firstUnit, firstUnit + block.numUnits)));
    firstUnit += block.numUnits;
  };
  for (const line of lines) {
    const last = blocks.at(-1);
    if (unit === 'paragraph' && !line.opensParagraph && last !== undefined) {
      last.end = line.end;
      last.numUnits += line.numUnits;
      continue;
    }
    finish(last);
    blocks.push(blockOf(line));
  }
  finish(blocks.at(-1));
  return blocks;
}

function blockOf({ start, end, numUnits, opensParagraph }: Line): Block {
  return { start, end, numUnits, hash: '', separator: opensParagraph ? '\n\n' : '\n' };
}

function bytesOf([high, low]: readonly [number, number]): string {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(high, 0);
  bytes.writeInt32BE(low, 4);
  return bytes.toString('latin1');
}
