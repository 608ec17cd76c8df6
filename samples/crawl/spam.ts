import type { SeededRandom } from '../../src/base/index.ts';
import { fill, type Language } from '../grammar/index.ts';
import { spamDisguises, spamGoods, spamLines } from './spam.data.ts';

/** The paragraphs of a page of spam: one thing is sold throughout, some of it loudly. */
export function writeSpam(random: SeededRandom, language: Language): string[] {
  const goods = random.pick(spamGoods[language]);
  const disguised = random.int(3) === 0;
  return Array.from({ length: 6 + random.int(10) }, (_, i) => {
    if (disguised && i % 4 === 0) return random.pick(spamDisguises[language]);
    const sentences = Array.from({ length: 1 + random.int(3) }, () =>
      fill(random.pick(spamLines[language]), {
        g: goods,
        n: String(100 * (1 + random.int(99))),
        u: `www.deal${random.int(1000)}.example`,
      }),
    );
    return sentences.join(' ');
  });
}
