import { ConfigError } from '../base/index.ts';
import { Tokenizer } from './tokenizer.ts';

/**
 * A tokenizer with more special tokens, which take new ids behind the last; those that it has keep
 * theirs, and every text keeps its tokens. A model grows by as many rows.
 *
 * @throws ConfigError when a text is an ordinary token already: other programs would take that one.
 */
export function withSpecialTokens(tokenizer: Tokenizer, texts: readonly string[]): Tokenizer {
  const specialTokens = new Map(tokenizer.specialTokens.ids);
  let id = tokenizer.vocabSize;
  for (const text of texts) {
    if (specialTokens.has(text)) continue;
    checkIsNew(tokenizer, text);
    specialTokens.set(text, id++);
  }
  return new Tokenizer({ ...tokenizer.data, specialTokens });
}

function checkIsNew(tokenizer: Tokenizer, text: string): void {
  const bytes = Buffer.from(text);
  const known = tokenizer.data.tokens.findIndex((token) => token && bytes.equals(token));
  if (known < 0) return;
  throw new ConfigError({
    what: `the special token ${JSON.stringify(text)}`,
    must: 'be no ordinary token',
    got: `token ${known}`,
    hint: 'choose another text for it',
  });
}
