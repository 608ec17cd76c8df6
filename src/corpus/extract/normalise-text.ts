/**
 * One way to write a text: NFC, `\n` at the end of lines, and nothing invisible but what means
 * something: joiners (emoji, Persian, Indic scripts), marks of direction, and zero-width spaces
 * between letters of scripts that write words without spaces. Full-width forms stay as they are.
 */
export function normaliseText(text: string): string {
  if (isPlain.test(text)) return text;
  return text
    .replace(lineEnds, '\n')
    .replace(spaces, ' ')
    .replace(zeroWidthSpaces, '')
    .replace(invisible, '')
    .normalize('NFC');
}

/** Source code keeps its spaces; its line ends become `\n`. */
export function normaliseCode(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC');
}

/** ASCII without anything to change, CJK and kana: most texts, which need no second look. */
const isPlain =
  /^[\t\n\x20-\x7e\u2014-\u201d\u2026\u3001-\u3029\u3041-\u3096\u4e00-\u9fff\uff01-\uff5e]*$/;

const lineEnds = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
const spaces = /[\u00a0\u2007\u202f]/g;

/** Thai, Lao, Myanmar and Khmer break lines at zero-width spaces. */
const zeroWidthSpaces =
  /(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])/g;

/** Control characters, soft hyphens, word joiners, byte order marks, and overrides of direction. */
const invisible = /(?![\n\t])\p{Cc}|[\u00ad\u2060-\u2064\ufeff\u202a-\u202e\ufff9-\ufffb]/gu;
