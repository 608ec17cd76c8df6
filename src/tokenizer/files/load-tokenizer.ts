import { readFile, stat } from 'node:fs/promises';
import { FileError } from '../../base/index.ts';
import { type SplitterName, splitterNames } from '../splitters/splitter.ts';
import { Tokenizer } from '../tokenizer.ts';
import { parseTiktoken } from './tiktoken.ts';
import { parseTokenizerJson } from './tokenizer-json.ts';

/** The largest public tokenizers take some 30 MB. */
const maxFileBytes = 128 * 2 ** 20;

/**
 * Reads a tokenizer from `tokenizer.json`, or from ranks when the name ends in `.tiktoken`, for which
 * the splitter must be given, since that form does not hold it.
 *
 * @throws FileError when the file is missing, too large, not UTF-8 or not such a tokenizer.
 */
export async function loadTokenizer(file: string, splitter?: SplitterName): Promise<Tokenizer> {
  const text = await readText(file);
  try {
    if (!file.endsWith('.tiktoken')) return new Tokenizer(parseTokenizerJson(text, file));
    if (splitter === undefined) throw withoutSplitter(file);
    return new Tokenizer(parseTiktoken(text, file, { splitter }));
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ what: file, must: 'hold a tokenizer', got }, { cause });
  }
}

function withoutSplitter(file: string): FileError {
  return new FileError({
    what: file,
    must: 'come with the name of its splitter, which the .tiktoken form does not hold',
    got: 'none',
    hint: `name the one that it was trained with (--splitter): ${splitterNames.join(', ')}`,
  });
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxFileBytes) {
      throw new FileError({
        what: file,
        must: `be a tokenizer of at most ${maxFileBytes} bytes`,
        got: `${size} bytes`,
      });
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ what: file, must: 'be a readable file of UTF-8 text', got }, { cause });
  }
}
