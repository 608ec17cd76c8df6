import { deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { type Language, languages } from '../grammar/index.ts';
import { type Weights, writeDocument } from '../world/generate.ts';
import type { World } from '../world/world.ts';

/** The text of an article: a headline, and paragraphs of several documents of the world. */
export interface Article {
  readonly language: Language;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly personalData: readonly string[];
}

/** The article of a page, in a language of the caller's or of its own choice. */
export function writeArticle(world: World, index: number, wanted?: Language): Article {
  const random = new SeededRandom(deriveSeed(world.seed, 'article', index));
  const chosen = random.pick(languages);
  const language = wanted ?? chosen;
  const documents = [];
  const length = leastLength[language] * (1 + random.next());
  for (let written = 0; written < length; ) {
    const document = writeDocument(world, random, articleWeights);
    if (document.language !== language) continue;
    documents.push(document);
    written += document.text.length;
  }
  const title = documents.find((document) => document.title !== '')?.title ?? '';
  const lines = documents.flatMap(({ text }) => text.trimEnd().split('\n'));
  // The title is the page's heading; where it opens the text as well, it is not said twice.
  const paragraphs = lines[0] === title ? lines.slice(1) : lines;
  if (random.int(contactOneIn) > 0) return { language, title, paragraphs, personalData: [] };
  const personalData = drawContact(random);
  const [mail, telephone] = personalData;
  const line =
    language === 'zh'
      ? `联系作者：${mail}，电话${telephone}。`
      : `Write to the author at ${mail} or call ${telephone}.`;
  return { language, title, paragraphs: [...paragraphs, line], personalData };
}

/** In characters; a page may have twice as many. */
const leastLength: Readonly<Record<Language, number>> = { zh: 350, en: 1100 };

/** Prose for the most part. */
const articleWeights: Weights = {
  story: 40,
  news: 30,
  dialogue: 12,
  encyclopaedia: 18,
  translation: 0,
  arithmetic: 0,
  code: 0,
  poem: 0,
};

/** One article in so many ends with its author's address. */
const contactOneIn = 12;

/** An address of a domain kept for examples, and a telephone number that nobody has. */
function drawContact(random: SeededRandom): readonly [mail: string, telephone: string] {
  const name = random.pick(['wangfang', 'liming', 'anna.lin', 'zhao_wei', 'chen.yulan', 'tom']);
  const mail = `${name}${random.int(100)}@example.${random.pick(['com', 'org', 'net'])}`;
  const last = String(random.int(100)).padStart(2, '0');
  return [mail, random.pick([`010-000001${last}`, `+1 202 555 01${last}`, '13800138000'])];
}
