/** A rectangle of characters that lines and marks are drawn on. */

/** From 0 to 1: from the left edge to the right one, from the top to the bottom. */
export interface Place {
  x: number;
  y: number;
}

/** The bit of each dot of a braille character (U+2800 …), by column and row. */
const dotBits = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** Stands where different marks would cover each other. */
export const sharedMark = '*';

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #dots: Uint8Array;
  readonly #marks: (string | undefined)[];

  /** In characters; each holds 2 × 4 dots. */
  constructor(width: number, height: number) {
    [this.width, this.height] = [width, height];
    this.#dots = new Uint8Array(width * height);
    this.#marks = new Array(width * height);
  }

  /** Joins places by dots; null leaves a gap. */
  line(places: readonly (Place | null)[]): void {
    let before: Place | null = null;
    for (const place of places) {
      if (place !== null) this.#segment(before ?? place, place);
      before = place;
    }
  }

  /** Puts a character over the dots. */
  mark({ x, y }: Place, character: string): void {
    const column = Math.round(x * (this.width - 1));
    const at = Math.round(y * (this.height - 1)) * this.width + column;
    const old = this.#marks[at];
    this.#marks[at] = old === undefined || old === character ? character : sharedMark;
  }

  rows(): string[] {
    return Array.from({ length: this.height }, (_, row) => {
      const start = row * this.width;
      return Array.from({ length: this.width }, (__, column) => {
        const dots = this.#dots[start + column] ?? 0;
        const blank = dots === 0 ? ' ' : String.fromCodePoint(0x2800 + dots);
        return this.#marks[start + column] ?? blank;
      }).join('');
    });
  }

  #segment(from: Place, to: Place): void {
    const [numColumns, numRows] = [2 * this.width - 1, 4 * this.height - 1];
    const [dx, dy] = [(to.x - from.x) * numColumns, (to.y - from.y) * numRows];
    const numDots = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
    for (let i = 0; i <= numDots; i++) {
      const share = i / numDots;
      this.#dot(
        Math.round(from.x * numColumns + share * dx),
        Math.round(from.y * numRows + share * dy),
      );
    }
  }

  #dot(column: number, row: number): void {
    const at = (row >> 2) * this.width + (column >> 1);
    const bit = dotBits[(column & 1) as 0 | 1][(row & 3) as 0 | 1 | 2 | 3];
    this.#dots[at] = (this.#dots[at] ?? 0) | bit;
  }
}
