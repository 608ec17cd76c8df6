import type { SeededRandom } from '../../src/base/index.ts';
import type { Language } from '../grammar/index.ts';
import { similarity } from './similarity.ts';

/** A copy of a text with changes, and how much of it is left. */
export interface Copy {
  readonly paragraphs: readonly string[];
  readonly similarity: number;
}

/**
 * A near duplicate: a remark put in after a paragraph here and there, until the next would take the
 * similarity below 0.9.
 */
export function nearCopy(
  random: SeededRandom,
  paragraphs: readonly string[],
  language: Language,
): Copy {
  const original = paragraphs.join('\n');
  let copy: Copy = { paragraphs, similarity: 1 };
  for (const paragraph of random.shuffle(paragraphs.map((_, i) => i))) {
    const changed = copy.paragraphs.map((text, i) =>
      i === paragraph ? remark(random, text, language) : text,
    );
    const left = similarity(original, changed.join('\n'), language);
    if (left < nearest) break;
    copy = { paragraphs: changed, similarity: left };
  }
  return copy;
}

/**
 * A page that shares about half of its text with another: the sentences of a stranger's text take the
 * place of its own, from the end, until the similarity is at most 0.5.
 */
export function halfCopy(
  paragraphs: readonly string[],
  stranger: readonly string[],
  language: Language,
): Copy {
  const original = paragraphs.join('\n');
  const own = paragraphs.flatMap((text, i) =>
    sentencesOf(text).map((sentence) => ({ sentence, i })),
  );
  const theirs = stranger.flatMap(sentencesOf);
  for (let kept = own.length - 1; kept > 0; kept--) {
    const changed = paragraphs.map((_, i) => {
      const left = own.slice(0, kept).filter((part) => part.i === i);
      return left.map(({ sentence }) => sentence).join('');
    });
    const filler = theirs.slice(0, own.length - kept).join('');
    const all = [...changed.filter((text) => text !== ''), filler];
    const left = similarity(original, all.join('\n'), language);
    if (left <= farthest) return { paragraphs: all, similarity: left };
  }
  return { paragraphs: stranger, similarity: similarity(original, stranger.join('\n'), language) };
}

const nearest = 0.9;
const farthest = 0.5;

/** A paragraph with a remark that could stand after any. */
function remark(random: SeededRandom, text: string, language: Language): string {
  return `${text}${language === 'en' ? ' ' : ''}${random.pick(remarks[language])}`;
}

const remarks: Readonly<Record<Language, readonly string[]>> = {
  zh: ['大家都这么说。', '这是真的。', '真有意思。', '你说呢？', '本站记者报道。'],
  en: [
    'So they say.',
    'This is true.',
    'How nice!',
    'What do you think?',
    'Our reporter was there.',
  ],
};

/** A text cut after each sentence; the parts joined give the text again. */
function sentencesOf(text: string): string[] {
  return text.match(/[^。！？.!?]+[。！？.!?”"]*\s*/g) ?? [text];
}
