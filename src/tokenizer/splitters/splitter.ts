/**
 * The splitters by name. A splitter cuts text into pre-tokens, and byte pairs merge only inside one,
 * so a vocabulary belongs to the splitter that it was trained with.
 */
import { ConfigError } from '../../base/index.ts';
import { athanorRules } from './athanor.ts';
import { cl100kRules } from './cl100k.ts';
import { gpt2Rules } from './gpt2.ts';
import type { PieceRules } from './piece-end.ts';

export const splitterNames = ['athanor', 'gpt2', 'cl100k', 'llama3', 'qwen2'] as const;

/**
 * `athanor` is ours; `gpt2` and `cl100k` are those of tiktoken; `llama3` is the form in which
 * GPT-4's was first published and which Llama 3 took over (final whitespace is cut at newlines);
 * `qwen2` is `llama3` with one digit per piece.
 */
export type SplitterName = (typeof splitterNames)[number];

export interface Splitter extends PieceRules {
  readonly name: SplitterName;
  /**
   * The same as a regular expression in the dialect that Oniguruma and JavaScript's `u` flag share
   * but for `\s`, `\p{Han}`, `(?i:…)` and `\z`; it is what `tokenizer.json` holds.
   */
  readonly pattern: string;
}

const contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const word = '[^\\r\\n\\p{L}\\p{N}]?\\p{L}+';
const symbols = ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*';
const whitespace = '\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

const splitters: Readonly<Record<SplitterName, Splitter>> = {
  athanor: {
    name: 'athanor',
    ...athanorRules,
    pattern:
      `\\p{Han}+|${contraction}|[\\t !-/:-@\\[-\`{-~]?(?:(?!\\p{Han})[\\p{L}\\p{M}])+` +
      `|(?!\\p{Han})\\p{N}| ?[^\\s\\p{L}\\p{N}\\p{M}\\p{Han}]+[\\r\\n]*|${whitespace}`,
  },
  gpt2: {
    name: 'gpt2',
    ...gpt2Rules,
    pattern: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  },
  cl100k: fromCl100k('cl100k', 3, `\\s+\\z|${whitespace}`),
  llama3: fromCl100k('llama3', 3, whitespace),
  qwen2: fromCl100k('qwen2', 1, whitespace),
};

/** @throws ConfigError when there is no splitter of that name. */
export function splitterNamed(name: string): Splitter {
  const known = splitterNames.find((candidate) => candidate === name);
  if (known !== undefined) return splitters[known];
  throw new ConfigError({
    what: 'the splitter',
    must: `be one of ${splitterNames.join(', ')}`,
    got: JSON.stringify(name),
  });
}

/** The splitter that a pattern of a foreign file means, when it is one of ours. */
export function splitterOfPattern(pattern: string): Splitter | undefined {
  const known = splitterNames.find((name) => splitters[name].pattern === pattern);
  return known === undefined ? undefined : splitters[known];
}

function fromCl100k(name: SplitterName, maxDigits: number, whitespaceForm: string): Splitter {
  const digits = maxDigits === 1 ? '\\p{N}' : `\\p{N}{1,${maxDigits}}`;
  return {
    name,
    ...cl100kRules(maxDigits, name === 'cl100k'),
    pattern: `${contraction}|${word}|${digits}|${symbols}|${whitespaceForm}`,
  };
}
