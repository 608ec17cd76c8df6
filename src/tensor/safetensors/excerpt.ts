/** A short form of a text from an untrusted file that is safe to print on a terminal. */
export function excerpt(text: string): string {
  const short = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return short.replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}
