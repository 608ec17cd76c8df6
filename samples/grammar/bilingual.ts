import { ConfigError } from '../../src/base/index.ts';

/** The two languages of the sample world: simplified Chinese and English. */
export type Language = 'zh' | 'en';

export const languages: readonly Language[] = ['zh', 'en'];

/** The same thing said in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

/** Bilingual text in one cell of a data table: `'猫|cat'`. */
export type Pair = `${string}|${string}`;

/** Splits a table cell. @throws ConfigError when a side is missing. */
export function bilingual(pair: Pair): Bilingual {
  const [zh, en, ...rest] = pair.split('|');
  if (!zh || !en || rest.length > 0) {
    throw new ConfigError({ what: 'a cell of a data table', must: 'be `中文|English`', got: pair });
  }
  return { zh, en };
}
