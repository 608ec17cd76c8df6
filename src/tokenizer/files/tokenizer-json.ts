/**
 * Reads the `tokenizer.json` of Hugging Face, as far as it is byte-level BPE with a splitter that we
 * have. A file that would encode otherwise there than here is refused, never approximated.
 */
import { FileError } from '../../base/index.ts';
import { maxVocabSize } from '../bpe/merge-table.ts';
import { type SplitterName, splitterOfPattern } from '../splitters/splitter.ts';
import type { TokenizerData } from '../tokenizer-data.ts';
import { JsonField } from './json-field.ts';
import { readMerges, readVocab, tokensById } from './tokenizer-json-vocab.ts';

/** Added tokens are tried at every position of a text, so their number is bounded. */
const maxSpecialTokens = 10_000;
const maxSpecialLength = 1_000;

/**
 * @param file the name of the file, for errors.
 * @throws FileError that names the field, for anything that is not such a tokenizer.
 */
export function parseTokenizerJson(text: string, file: string): TokenizerData {
  const root = new JsonField(file, '', parseJson(text, file));
  const normalizer = readNormalizer(root.get('normalizer'));
  const splitter = readSplitter(root.get('pre_tokenizer'));
  const model = root.get('model');
  checkModel(model);
  const specialTokens = readAddedTokens(root.get('added_tokens'), normalizer);
  const ids = readVocab(model.get('vocab'));
  const tokens = tokensById(model.get('vocab'), ids, specialTokens);
  return {
    splitter,
    normalizer,
    tokens,
    merges: readMerges(model.get('merges'), ids, tokens),
    wholePieces: model.get('ignore_merges').value === true,
    specialTokens,
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileError({ what: file, must: 'be JSON', got: String(cause) }, { cause });
  }
}

function readNormalizer(normalizer: JsonField): 'NFC' | undefined {
  if ((normalizer.value ?? null) === null) return undefined;
  normalizer.get('type').oneOf('NFC');
  return 'NFC';
}

function checkModel(model: JsonField): void {
  model.get('type').oneOf('BPE', null);
  model.get('dropout').oneOf(null, 0);
  model.get('continuing_subword_prefix').oneOf(null, '');
  model.get('end_of_word_suffix').oneOf(null, '');
  model.get('byte_fallback').oneOf(false, null);
  model.get('ignore_merges').oneOf(false, true, null);
}

function readSplitter(preTokenizer: JsonField): SplitterName {
  if (preTokenizer.get('type').value === 'ByteLevel') {
    checkByteLevel(preTokenizer, true);
    return 'gpt2';
  }
  preTokenizer.get('type').oneOf('Sequence', 'ByteLevel');
  const steps = preTokenizer.get('pretokenizers');
  if (steps.list().length !== 2) throw steps.error('be a Split and a ByteLevel');
  const split = steps.at(0);
  split.get('type').oneOf('Split');
  split.get('behavior').oneOf('Isolated');
  split.get('invert').oneOf(false);
  checkByteLevel(steps.at(1), false);
  const pattern = split.get('pattern').get('Regex');
  const splitter = splitterOfPattern(pattern.string());
  if (splitter === undefined) throw pattern.error('be the pattern of a splitter that Athanor has');
  return splitter.name;
}

function checkByteLevel(step: JsonField, usesRegex: boolean): void {
  step.get('type').oneOf('ByteLevel');
  step.get('add_prefix_space').oneOf(false);
  // A missing `use_regex` means true: the field is younger than the format.
  if (usesRegex) step.get('use_regex').oneOf(true, null);
  else step.get('use_regex').oneOf(false);
}

function readAddedTokens(
  list: JsonField,
  normalizer: TokenizerData['normalizer'],
): Map<string, number> {
  const specialTokens = new Map<string, number>();
  const numTokens = list.value === undefined ? 0 : list.list().length;
  if (numTokens > maxSpecialTokens) throw list.error(`have at most ${maxSpecialTokens} entries`);
  for (let index = 0; index < numTokens; index++) {
    const entry = list.at(index);
    const content = entry.get('content');
    const text = content.string();
    if (text.length > maxSpecialLength) throw content.error('be at most 1,000 characters long');
    if (text === '' || specialTokens.has(text)) throw content.error('be new and not empty');
    for (const flag of ['lstrip', 'rstrip', 'single_word']) entry.get(flag).oneOf(false, null);
    // Such tokens would be looked for in the normalized text, ours are in the text as it is.
    if (normalizer !== undefined) entry.get('normalized').oneOf(false);
    specialTokens.set(text, entry.get('id').index(maxVocabSize));
  }
  return specialTokens;
}
