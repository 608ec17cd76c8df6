import { AthanorError } from '../../src/base/index.ts';
import type { Language } from './bilingual.ts';

/** What the slots of a template stand for, by slot name. */
export type Slots = Readonly<Record<string, string>>;

/**
 * Replaces each `{name}` of the template by its slot. `{Name}` is the slot `name` with a capital.
 *
 * @throws AthanorError when a slot is not given, which is a mistake in our own tables.
 */
export function fill(template: string, slots: Slots): string {
  let filled = '';
  let done = 0;
  for (let open = template.indexOf('{'); open >= 0; open = template.indexOf('{', done)) {
    const close = template.indexOf('}', open);
    filled += template.slice(done, open) + slot(template.slice(open + 1, close), slots, template);
    done = close + 1;
  }
  return done === 0 ? template : filled + template.slice(done);
}

/** Like `fill`, and an English result begins with a capital letter. */
export function fillSentence(language: Language, template: string, slots: Slots): string {
  const filled = fill(template, slots);
  return language === 'en' ? capitalise(filled) : filled;
}

/** Puts sentences in a row: English ones are separated by spaces. */
export function joinSentences(language: Language, sentences: readonly string[]): string {
  return sentences.join(language === 'en' ? ' ' : '');
}

/** The text with a capital first letter; an opening quotation mark is skipped. */
export function capitalise(text: string): string {
  const at = text.startsWith('"') ? 1 : 0;
  return text.slice(0, at) + text.charAt(at).toUpperCase() + text.slice(at + 1);
}

function slot(name: string, slots: Slots, template: string): string {
  const exact = slots[name];
  if (exact !== undefined) return exact;
  const lower = slots[name.charAt(0).toLowerCase() + name.slice(1)];
  if (lower !== undefined) return capitalise(lower);
  throw new AthanorError(`no slot {${name}} for the template ${JSON.stringify(template)}`);
}
