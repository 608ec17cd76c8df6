/** What a model folder says of the tokenizer and the chat template that it was saved with. */
import { createHash } from 'node:crypto';
import { ConfigError } from '../../base/index.ts';
import type { ChatTemplate } from '../../chat/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import { JsonFields, type JsonObject } from './json-fields.ts';
import { readJson } from './read-document.ts';

/** What a model reads and writes its tokens with. */
export interface SavedWith {
  tokenizer: Tokenizer;
  chatTemplate?: ChatTemplate | undefined;
}

/** Fields of `config.json`. A tokenizer of ranks is written as merges, and has another hash then. */
export function savedWithFields({ tokenizer, chatTemplate }: SavedWith): JsonObject {
  return {
    ...(tokenizer.data.merges !== 'ranks' && { tokenizer_sha256: tokenizer.hash }),
    ...(chatTemplate && { chat_template_sha256: hashOf(chatTemplate) }),
  };
}

/**
 * Refuses a folder whose tokenizer or template was replaced: the model would read other tokens than
 * those that it has learned, and nothing else would show it. Folders of other programs do not say what
 * they were saved with, and are taken as they are.
 *
 * @throws ConfigError
 */
export function checkSavedWith(folder: string, { tokenizer, chatTemplate }: SavedWith): void {
  const fields = new JsonFields(...readJson(folder, 'config.json'));
  const check = (what: string, field: string, sha256: string) => {
    const saved = fields.value(field);
    if (saved === undefined || saved === sha256) return;
    throw new ConfigError({
      what: `the ${what} in ${folder}`,
      must: 'be the one that the model was saved with',
      got: 'another one',
      hint: `put the right one there; if this is meant, take ${field} out of config.json`,
    });
  };
  check('tokenizer', 'tokenizer_sha256', tokenizer.hash);
  if (chatTemplate) check('chat template', 'chat_template_sha256', hashOf(chatTemplate));
}

function hashOf({ source }: ChatTemplate): string {
  return createHash('sha256').update(source).digest('hex');
}
