import { basename } from 'node:path';
import { findGenerator, type StageContext } from '../../base/index.ts';
import type { ConversationFormat } from '../../chat/index.ts';
import {
  type ConversationSource,
  conversationFiles,
  generatedConversations,
} from '../../corpus/index.ts';

/** Conversations that a config names: files, or a built-in source of them. */
export interface NamedConversations {
  files?: string[];
  /** Default: what the fields of each row tell. */
  format?: ConversationFormat | 'auto';
  generator?: string;
  options?: Record<string, string | number>;
}

/**
 * @param where the list in the config, such as `sft.data`
 * @throws ConfigError for a generator that does not exist.
 */
export function conversationSourceOf(
  where: string,
  { files, format, generator = '', options = {} }: NamedConversations,
  index: number,
  { conversationGenerators }: Pick<StageContext, 'conversationGenerators'>,
): ConversationSource {
  if (files !== undefined) {
    const name = `${index}-${basename(files[0] as string).replaceAll(/[^\w.-]/g, '_')}`;
    return conversationFiles({ files, name, ...(format !== undefined && { format }) });
  }
  const make = findGenerator(`${where}.${index}`, generator, conversationGenerators);
  return generatedConversations(`${index}-${generator}`, () => make(options));
}
