import type { SeededRandom } from '../../../src/base/index.ts';
import type { Language } from '../../grammar/index.ts';
import type { Fact } from '../subject.ts';
import type { World } from '../world.ts';

/** The kinds of text that a world tells. */
export type DocumentKind =
  | 'encyclopaedia'
  | 'story'
  | 'dialogue'
  | 'news'
  | 'translation'
  | 'arithmetic'
  | 'code'
  | 'poem';

/** A text of the world. It is a function of the world and the index alone. */
export interface WorldDocument {
  /** World and index: `town-7/000012`. */
  readonly id: string;
  readonly index: number;
  readonly kind: DocumentKind;
  /** `both` where the two languages stand side by side. */
  readonly language: Language | 'both';
  readonly title: string;
  /** What a model reads: the title, if the kind has one, and the body, in lines that end with `\n`. */
  readonly text: string;
  /** The ids of subjects that the text speaks of. */
  readonly subjects: readonly string[];
  /** The ids of facts that the text states. */
  readonly facts: readonly string[];
}

/** What a writer of one kind of document returns. */
export type Draft = Pick<WorldDocument, 'language' | 'title' | 'text'>;

/** Writes one kind of document, telling facts through the scribe so that they are recorded. */
export type Writer = (scribe: Scribe) => Draft;

/** What a writer works with. */
export interface Scribe {
  readonly world: World;
  readonly random: SeededRandom;
  readonly subjects: Set<string>;
  readonly facts: Set<string>;
}

/** Notes that the document states a fact. */
export function record({ subjects, facts }: Scribe, fact: Fact): void {
  subjects.add(fact.subject.id);
  facts.add(fact.id);
}

/** Chinese or English, as often the one as the other. */
export function drawLanguage(random: SeededRandom): Language {
  return random.int(2) === 0 ? 'zh' : 'en';
}

/** A title and paragraphs as lines. */
export function layOut(title: string, paragraphs: readonly string[]): string {
  return `${[title, ...paragraphs].filter((part) => part !== '').join('\n')}\n`;
}
