/**
 * The share of a text that no longer says anything: characters that were lost on the way (U+FFFD),
 * what becomes of them when UTF-8 is read as GBK (`锟斤拷`) or of empty memory (`烫烫烫`, `屯屯屯`),
 * control characters, private ones, and runs of question marks.
 *
 * @returns from 0, none, to 1
 */
export function garbledShare(text: string): number {
  const letters = text.replace(/\s+/g, '').length;
  if (letters === 0) return 0;
  const lost = text.match(/[\ufffd\ue000-\uf8ff]|(?!\s)\p{Cc}/gu)?.length ?? 0;
  const runs = text.match(/锟斤拷|烫{3,}|屯{3,}|\?{4,}/g)?.join('').length ?? 0;
  return (lost + runs) / letters;
}
