/** The `.tiktoken` form: one line per token, its bytes in base64 and its rank, which is its id. */
import { FileError } from '../../base/index.ts';
import { maxVocabSize } from '../bpe/merge-table.ts';
import type { SplitterName } from '../splitters/splitter.ts';
import type { TokenizerData } from '../tokenizer-data.ts';

/** What the file does not say. */
export interface TiktokenContext {
  splitter: SplitterName;
  specialTokens?: ReadonlyMap<string, number>;
}

/**
 * @param file the name of the file, for errors.
 * @throws FileError that names the line.
 */
export function parseTiktoken(text: string, file: string, context: TiktokenContext): TokenizerData {
  const tokens: (Uint8Array | undefined)[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const refuse = (must: string): FileError =>
      new FileError({
        what: `${file}, line ${index + 1}`,
        must,
        got: JSON.stringify(line.slice(0, 80)),
      });
    const [, base64, digits] = /^([A-Za-z0-9+/]+={0,2}) (0|[1-9]\d{0,6})\r?$/.exec(line) ?? [];
    if (base64 === undefined) throw refuse('be a token in base64, a space and a rank');
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.toString('base64') !== base64) throw refuse('hold base64 in its canonical form');
    const rank = Number(digits);
    if (rank >= maxVocabSize) throw refuse(`hold a rank below ${maxVocabSize}`);
    if (tokens[rank] !== undefined) throw refuse('hold a rank of its own');
    if (seen.has(base64)) throw refuse('hold a token of its own');
    seen.add(base64);
    tokens[rank] = Uint8Array.from(bytes);
  }
  return {
    splitter: context.splitter,
    tokens: Array.from(tokens),
    merges: 'ranks',
    wholePieces: true,
    specialTokens: context.specialTokens ?? new Map(),
  };
}

/**
 * The lines of the file, in the order of the ids; special tokens are left out, as tiktoken keeps
 * them elsewhere. A tokenizer with merges keeps its ids only if they were given in the order of its
 * merges, as training gives them.
 *
 * @throws FileError when they were not.
 */
export function writeTiktoken(data: TokenizerData): string {
  if (data.merges !== 'ranks') {
    const { result } = data.merges;
    const unordered = result.findIndex(
      (id, rank) => rank > 0 && id <= (result[rank - 1] as number),
    );
    if (unordered >= 0) {
      throw new FileError({
        what: 'a tokenizer written as .tiktoken',
        must: 'have ids in the order of its merges',
        got: `the merge of rank ${unordered} making token ${result[unordered]}`,
      });
    }
  }
  const lines: string[] = [];
  for (const [id, token] of data.tokens.entries()) {
    if (token !== undefined) lines.push(`${Buffer.from(token).toString('base64')} ${id}\n`);
  }
  return lines.join('');
}
