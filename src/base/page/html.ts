/** HTML that cannot be broken by the texts in it: everything is escaped but HTML itself. */

export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export type Part = Html | string | number | undefined | readonly Part[];

/** A template whose values are escaped; arrays are joined, undefined is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  const pieces = parts.map((part, i) => part + (i < values.length ? sourceOf(values[i]) : ''));
  return new Html(pieces.join(''));
}

function sourceOf(value: Part): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'object') return value.map(sourceOf).join('');
  return escapeHtml(String(value));
}

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, and marks that turn the direction of what follows, become visible ones. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => names[character] as string)
    .replace(
      /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu,
      '\ufffd',
    )
    .toWellFormed();
}
