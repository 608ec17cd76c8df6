import { characterClass, characterTable } from './characters.ts';
import { append, mix } from './hash.ts';

/** One line of a text that is not blank, without the spaces around it. */
export interface Line {
  /** Its place in the text, in code units. */
  readonly start: number;
  readonly end: number;
  /** 32 bits of its characters, to find it again in the same text. */
  readonly hash: number;
  /** Whether a blank line, or the beginning of the text, stands before it. */
  readonly opensParagraph: boolean;
}

/** The lines of a text that are not blank. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let opensParagraph = true;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const until = newline < 0 ? text.length : newline;
    const line = trimmed(text, from, until, opensParagraph);
    if (line !== undefined) lines.push(line);
    opensParagraph = line === undefined;
    from = until + 1;
  }
  return lines;
}

function trimmed(
  text: string,
  from: number,
  until: number,
  opensParagraph: boolean,
): Line | undefined {
  const { classes } = characterTable();
  const isSpace = (at: number) => classes[text.charCodeAt(at)] === characterClass.space;
  let [start, end] = [from, until];
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  if (start === end) return undefined;
  let hash = end - start;
  for (let at = start; at < end; at++) hash = append(hash, text.charCodeAt(at));
  return { start, end, hash: mix(hash), opensParagraph };
}
