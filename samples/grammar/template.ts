import { AthanorError } from '../../src/base/index.ts';
import type { Language } from './bilingual.ts';

/** What the slots of a template stand for: texts, or groups of texts, of which one is the `name`. */
export type Slots = Readonly<Record<string, string | SlotGroup>>;

export type SlotGroup = Readonly<Record<string, string>>;

/**
 * Replaces each `{slot}` of the template by its text, `{group}` by the group's name and `{group.part}`
 * by a part of it. Written with a capital, as `{Slot}`, the text gets one too.
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

function slot(path: string, slots: Slots, template: string): string {
  const exact = lookUp(path, slots);
  if (exact !== undefined) return exact;
  const lower = lookUp(path.charAt(0).toLowerCase() + path.slice(1), slots);
  if (lower !== undefined) return capitalise(lower);
  throw new AthanorError(`no slot {${path}} for the template ${JSON.stringify(template)}`);
}

function lookUp(path: string, slots: Slots): string | undefined {
  const dot = path.indexOf('.');
  const group = slots[dot < 0 ? path : path.slice(0, dot)];
  if (group === undefined) return undefined;
  if (typeof group === 'string') return dot < 0 ? group : undefined;
  return group[dot < 0 ? 'name' : path.slice(dot + 1)];
}
