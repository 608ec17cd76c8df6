/** Writes `tokenizer.json` as Hugging Face `tokenizers` and `transformers` read it. */
import { mergesOfRanks } from '../bpe/merges-of-ranks.ts';
import { Vocabulary } from '../bpe/vocabulary.ts';
import { splitterNamed } from '../splitters/splitter.ts';
import type { TokenizerData } from '../tokenizer-data.ts';
import { charactersOf, charactersOfBytes } from './byte-alphabet.ts';

/**
 * The text of the file. Only their regular expressions differ from our splitters, on code points
 * newer than the Unicode version of either side.
 */
export function writeTokenizerJson(data: TokenizerData): string {
  const content = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...data.specialTokens].sort(([, a], [, b]) => a - b).map(addedToken),
    normalizer: data.normalizer === undefined ? null : { type: data.normalizer },
    pre_tokenizer: preTokenizerOf(data),
    post_processor: null,
    decoder: byteLevel,
    model: modelOf(data),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function preTokenizerOf(data: TokenizerData): Record<string, unknown> {
  const split = {
    type: 'Split',
    pattern: { Regex: splitterNamed(data.splitter).pattern },
    behavior: 'Isolated',
    invert: false,
  };
  return { type: 'Sequence', pretokenizers: [split, byteLevel] };
}

function modelOf(data: TokenizerData): Record<string, unknown> {
  const characters = charactersOfBytes();
  const written = data.tokens.map((token) => token && charactersOf(token, characters));
  return {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: data.wholePieces,
    vocab: Object.fromEntries(
      written.flatMap((token, id) => (token === undefined ? [] : [[token, id]])),
    ),
    merges: writtenMerges(data, written),
  };
}

const byteLevel = {
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: false,
  use_regex: false,
};

function addedToken([content, id]: [string, number]): Record<string, unknown> {
  return {
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  };
}

/** Ranks become merges in the order of the ids that they make, then of their parts. */
function writtenMerges(data: TokenizerData, written: readonly (string | undefined)[]): string[][] {
  const merges = data.merges === 'ranks' ? mergesOfRanks(new Vocabulary(data.tokens)) : data.merges;
  const order = Array.from(merges.left.keys());
  if (data.merges === 'ranks') {
    const at = (list: Int32Array, index: number): number => list[index] as number;
    order.sort(
      (a, b) =>
        at(merges.result, a) - at(merges.result, b) ||
        at(merges.left, a) - at(merges.left, b) ||
        at(merges.right, a) - at(merges.right, b),
    );
  }
  return order.map((rank) => [
    written[merges.left[rank] as number] ?? '',
    written[merges.right[rank] as number] ?? '',
  ]);
}
