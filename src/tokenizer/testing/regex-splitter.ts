/** The slow, obvious splitter that tests compare with: the published pattern, run by JavaScript. */
import { splitterNamed } from '../splitters/splitter.ts';

const whitespace = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** The pieces of a text by the pattern of a splitter, in JavaScript's dialect. */
export function regexPieces(splitterName: string, text: string): string[] {
  return text.match(javascriptPattern(splitterNamed(splitterName).pattern)) ?? [];
}

/** Oniguruma's `\s`, `\S`, `\p{Han}`, `(?i:…)` and `\z` in words that JavaScript reads the same. */
export function javascriptPattern(pattern: string): RegExp {
  const source = pattern
    .replaceAll("(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'(?:[sSſtTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])")
    .replaceAll('[^\\s', `[^${whitespace}`)
    .replaceAll('\\S', `[^${whitespace}]`)
    .replaceAll('\\s', `[${whitespace}]`)
    .replaceAll('\\p{Han}', '\\p{Script=Han}')
    .replaceAll('\\z', '$');
  return new RegExp(source, 'gu');
}
