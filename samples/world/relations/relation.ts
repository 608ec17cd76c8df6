import type { Language } from '../../grammar/index.ts';

/**
 * How one kind of fact is told, asked and answered in one language. Slots:
 *
 * - `{s}` the subject, or its pronoun where the text has just named it; `{n}` always its name
 * - `{ss}` the possessive of `{s}`; `{his}` the possessive pronoun; `{many}` the plural of the name
 * - `{v}` the value; `{av}` with an article or measure word; `{vs}` plural; `{v3}` third person of a
 *   verb phrase; `{ving}` its gerund
 */
export interface Phrasings {
  readonly statements: readonly string[];
  /** Ways to ask that texts may use; for each fact one of them is held out, see `split.ts`. */
  readonly questions: readonly [string, string, string, string];
  /** A way to ask that no text ever uses. */
  readonly heldOutQuestion: string;
  /** The short answer; `{v}` unless given. */
  readonly answer?: string;
}

/** What can be known about a subject of some kind: its home, what it eats, who wrote it. */
export interface Relation extends Readonly<Record<Language, Phrasings>> {
  /** The column of the data table. */
  readonly name: string;
}
