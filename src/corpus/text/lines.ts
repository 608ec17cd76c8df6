import { characterClass, characterTable } from './characters.ts';
import { append, mix } from './hash.ts';

/** One line of a text that is not blank, without the spaces around it. */
export interface Line {
  /** Its place in the text, in code units. */
  readonly start: number;
  readonly end: number;
  /** 32 bits of its characters, to find it again in the same text. */
  readonly hash: number;
  /** Units that begin in it. */
  readonly numUnits: number;
  /** Whether a blank line, or the beginning of the text, stands before it. */
  readonly opensParagraph: boolean;
}

/** The lines of a text that are not blank; `unitStarts` is where its units begin. */
export function linesOf(text: string, unitStarts: Int32Array): Line[] {
  const lines: Line[] = [];
  let unit = 0;
  let opensParagraph = true;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const until = newline < 0 ? text.length : newline;
    const firstUnit = unit;
    while (unit < unitStarts.length && (unitStarts[unit] as number) < until) unit++;
    const place = trimmed(text, from, until);
    if (place !== undefined) lines.push({ ...place, numUnits: unit - firstUnit, opensParagraph });
    opensParagraph = place === undefined;
    from = until + 1;
  }
  return lines;
}

function trimmed(
  text: string,
  from: number,
  until: number,
): Pick<Line, 'start' | 'end' | 'hash'> | undefined {
  const { classes } = characterTable();
  const isSpace = (at: number) => classes[text.charCodeAt(at)] === characterClass.space;
  let [start, end] = [from, until];
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  if (start === end) return undefined;
  let hash = end - start;
  for (let at = start; at < end; at++) hash = append(hash, text.charCodeAt(at));
  return { start, end, hash: mix(hash) };
}

/** The paragraphs that lines make, each by its length and its hash. */
export function paragraphsOf(lines: readonly Line[]): { length: number; hash: number }[] {
  const paragraphs: { length: number; hash: number }[] = [];
  for (const { start, end, hash, opensParagraph } of lines) {
    const last = paragraphs.at(-1);
    if (opensParagraph || last === undefined) {
      paragraphs.push({ length: end - start, hash });
    } else {
      last.length += end - start;
      last.hash = mix(append(last.hash, hash));
    }
  }
  return paragraphs;
}

/** Marks that end a sentence, and the quotation marks that may follow them, of Latin and Chinese writing. */
export const terminalPunctuation: ReadonlySet<string> = new Set('.!?"\'”’…。！？；：」』）');
