/** A model that answers, before its weights are loaded. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../base/index.ts';
import { type ChatTemplate, chatTemplateOf } from '../../chat/index.ts';
import { checkSavedWith, documentNames } from '../../model/index.ts';
import { loadTokenizer, type Tokenizer } from '../../tokenizer/index.ts';

/** A model folder, its tokenizer, and how conversations become tokens of it. */
export interface ChatModel {
  folder: string;
  tokenizer: Tokenizer;
  template: ChatTemplate;
}

/**
 * @param must what kind of model it has to be, as `be a fine-tuned model`
 * @param hint what to do when it is none
 * @throws ConfigError for a folder that is no model, one without a chat template, and one whose
 *   tokenizer or template was replaced; FileError for damaged files.
 */
export async function openChatModel(
  folder: string,
  must: string,
  hint: string,
): Promise<ChatModel> {
  if (!existsSync(join(folder, documentNames.config))) {
    throw new ConfigError({ what: folder, must, got: 'none', hint });
  }
  const tokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  const template = await chatTemplateOf(folder, tokenizer);
  checkSavedWith(folder, { tokenizer, chatTemplate: template });
  if (template !== undefined) return { folder, tokenizer, template };
  const why = 'without one it has not learned to answer';
  throw new ConfigError({ what: folder, must: 'have a chat template', got: 'none', hint: why });
}
