/**
 * What a process was about to do, written so that it survives the process: into a file of a few
 * slots, one after the other. The kernel keeps what was written when the writer dies.
 */
import { openSync, readFileSync, writeSync } from 'node:fs';

const slotBytes = 4096;
const numSlots = 8;

export class Journal {
  readonly #fd: number;
  readonly #slot = Buffer.alloc(slotBytes);
  #numEntries = 0;

  constructor(path: string) {
    this.#fd = openSync(path, 'w');
  }

  /** Records one line. Returns after the kernel has it. */
  write(text: string): void {
    this.#slot.fill(0);
    this.#slot.write(`${this.#numEntries} ${text}`);
    writeSync(this.#fd, this.#slot, 0, slotBytes, (this.#numEntries % numSlots) * slotBytes);
    this.#numEntries++;
  }
}

/** The last lines of a journal, oldest first. */
export function readJournal(path: string): string[] {
  const bytes = readFileSync(path);
  const lines = Array.from({ length: Math.ceil(bytes.length / slotBytes) }, (_, slot) =>
    bytes.toString('utf8', slot * slotBytes, (slot + 1) * slotBytes).replace(/\0.*$/s, ''),
  );
  const written = lines.filter((line) => line !== '');
  return written.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}
