/** From rendered conversations to data sets on disk. */
import { join } from 'node:path';
import { asFileError, ConfigError, makeFolder, writeFileAtomic } from '../../base/index.ts';
import { endOfAnswer, type RenderedConversation } from '../../chat/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import { HashedFile } from '../shards/hashed-file.ts';
import { tokenDtype } from '../shards/manifest.ts';
import { UnfinishedFolder } from '../shards/unfinished-folder.ts';
import {
  type ConversationFile,
  conversationFile,
  writeConversationManifest,
} from './conversation-manifest.ts';

/** A conversation, and the data set that it belongs to: the path of a folder, `train/alpaca`. */
export interface PlacedConversation {
  dataset: string;
  conversation: RenderedConversation;
}

export interface ConversationSetsConfig {
  /** A new or empty folder. */
  directory: string;
  tokenizer: Pick<Tokenizer, 'hash' | 'vocabSize'>;
  /** Folders of data sets; one without a conversation is written too. */
  datasets: readonly string[];
  conversations: Iterable<PlacedConversation> | AsyncIterable<PlacedConversation>;
  /** Asked when all conversations are written: file name → text that lies beside them. */
  documents?: () => Readonly<Record<string, string>>;
}

/**
 * Writes data sets under `directory`, which appears when all of it is complete and on disk: a killed
 * writer leaves nothing under that name, and can simply run again. Of each conversation the tokens
 * behind the last learned one are left out: nothing depends on them.
 *
 * @throws ConfigError for a folder that is not empty and a conversation in which nothing is learned;
 *   FileError when the file system refuses or another process is writing there. Nothing is left then.
 */
export async function writeConversations(config: ConversationSetsConfig): Promise<void> {
  const folder = new UnfinishedFolder(config.directory);
  const writers = new Map<string, SetWriter>();
  try {
    for (const name of config.datasets) {
      writers.set(name, new SetWriter(join(folder.path, name), config.tokenizer));
    }
    for await (const { dataset, conversation } of config.conversations) {
      const writer = writers.get(dataset);
      if (writer === undefined) throw unknown(dataset, config.datasets);
      writer.add(conversation);
    }
    for (const writer of writers.values()) await writer.finish();
    for (const [name, text] of Object.entries(config.documents?.() ?? {})) {
      writeFileAtomic(join(folder.path, name), text);
    }
    await folder.sync();
    folder.finish();
  } catch (error) {
    for (const writer of writers.values()) await writer.close();
    folder.remove();
    throw error;
  }
}

function unknown(dataset: string, datasets: readonly string[]): ConfigError {
  const must = `be one of ${datasets.join(', ')}`;
  return new ConfigError({ what: 'the data set of a conversation', must, got: dataset });
}

class SetWriter {
  readonly #directory: string;
  readonly #tokenizer: ConversationSetsConfig['tokenizer'];
  readonly #files: Readonly<Record<ConversationFile, HashedFile>>;
  readonly #totals = { numConversations: 0, numTokens: 0, numLearned: 0 };

  constructor(directory: string, tokenizer: ConversationSetsConfig['tokenizer']) {
    try {
      makeFolder(directory);
    } catch (error) {
      throw asFileError(error, directory, 'write');
    }
    this.#directory = directory;
    this.#tokenizer = tokenizer;
    this.#files = {
      tokens: new HashedFile(
        conversationFile(directory, 'tokens'),
        tokenDtype(tokenizer.vocabSize),
      ),
      learned: new HashedFile(conversationFile(directory, 'learned'), 'uint8'),
      ends: new HashedFile(conversationFile(directory, 'ends'), 'uint32'),
    };
  }

  add({ ids, learned }: RenderedConversation): void {
    const numTokens = endOfAnswer({ learned });
    if (numTokens < 2) {
      const must = 'have a token to learn behind another one';
      throw new ConfigError({ what: 'a conversation', must, got: `${ids.length} tokens` });
    }
    const kept = learned.subarray(0, numTokens);
    this.#files.tokens.append(ids.subarray(0, numTokens));
    this.#files.learned.append(kept);
    this.#totals.numConversations++;
    this.#totals.numTokens += numTokens;
    for (const one of kept) this.#totals.numLearned += one;
    this.#files.ends.push(this.#totals.numTokens);
  }

  async finish(): Promise<void> {
    const { tokens, learned, ends } = this.#files;
    const { hash: tokenizerHash, vocabSize } = this.#tokenizer;
    await writeConversationManifest(this.#directory, {
      ...({ format: 'athanor-conversations', version: 1 } as const),
      ...{ tokenizerHash, vocabSize, dtype: tokenDtype(vocabSize), ...this.#totals },
      files: {
        tokens: await tokens.finish(),
        learned: await learned.finish(),
        ends: await ends.finish(),
      },
    });
  }

  async close(): Promise<void> {
    for (const file of Object.values(this.#files)) await file.close();
  }
}
