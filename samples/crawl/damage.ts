import type { SeededRandom } from '../../src/base/index.ts';
import type { Language } from '../grammar/index.ts';

/** Spoils the characters of a page in one of the ways in which that happens before it reaches us. */
export function garbleText(random: SeededRandom, text: string, language: Language): string {
  return random.pick(garblers[language])(random, text);
}

/** Cuts a page in the middle of its article, perhaps inside a character. */
export function truncate(random: SeededRandom, page: Uint8Array, article: Uint8Array): Uint8Array {
  const start = Buffer.from(page).indexOf(article.subarray(0, 60));
  const from = Math.max(start, 0) + Math.floor(article.length * (0.2 + 0.5 * random.next()));
  return page.subarray(0, Math.min(from, page.length - 40));
}

type Garbler = (random: SeededRandom, text: string) => string;

const garblers: Readonly<Record<Language, readonly Garbler[]>> = {
  zh: [misread, loseCharacters, turnToKunJinKao, shuffleLetters],
  en: [loseCharacters, shuffleLetters],
};

/** UTF-8 read as Latin-1 and written again, which does nothing to plain English. */
function misread(_random: SeededRandom, text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Characters lost to a converter that did not know them. */
function loseCharacters(random: SeededRandom, text: string): string {
  return Array.from(text, (c) => (c !== '\n' && random.int(4) === 0 ? '\ufffd' : c)).join('');
}

/** Replacement characters in UTF-8 read as GBK, the best known of all garbled Chinese. */
function turnToKunJinKao(random: SeededRandom, text: string): string {
  return Array.from(text, (c) => (c !== '\n' && random.int(3) === 0 ? '锟斤拷' : c)).join('');
}

/** Letters that bad recognition of a scan puts in any order, with odd marks between. */
function shuffleLetters(random: SeededRandom, text: string): string {
  const lines = text.split('\n').map((line) => {
    const mixed = random.shuffle([...line]);
    return mixed
      .map((c) => (random.int(8) === 0 ? random.pick(['|', '~', '^', '■', '*']) : c))
      .join('');
  });
  return lines.join('\n');
}
