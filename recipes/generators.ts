/** The built-in corpora that a recipe can name. */
import { generateCrawl, generateWorld, tangPoems, type WorldSize } from '../samples/index.ts';
import type { TextGenerator } from '../src/base/index.ts';

export const generators: Readonly<Record<string, TextGenerator>> = {
  /** Options: `sizeBytes`; `seed` (1); `size`: hamlet, village, town or country (village). */
  'sample-world': ({ sizeBytes = 0, seed = 1, size = 'village' }) =>
    generateWorld({ sizeBytes: Number(sizeBytes), seed: Number(seed), size: size as WorldSize }),
  /** Web pages about the same world, most of them not worth reading. Options: `numPages`; as above. */
  'sample-crawl': function* ({ numPages = 0, seed = 1, size = 'village' }) {
    const config = { numPages: Number(numPages), seed: Number(seed), size: size as WorldSize };
    for (const { url, bytes: html } of generateCrawl(config)) yield { url, html };
  },
  /** Each Tang poem of samples/, with its title and author and without. */
  'tang-poems': function* () {
    for (const { title, author, text } of tangPoems()) {
      yield { text: `《${title.zh}》${author.zh}\n${text}\n` };
      yield { text: `${text}\n` };
    }
  },
};
