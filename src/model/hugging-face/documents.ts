/** The documents of a model folder: everything beside the weights. */
import { ConfigError } from '../../base/index.ts';
import { type ChatTemplate, templateFileNames } from '../../chat/index.ts';
import { type Tokenizer, writeTokenizerJson } from '../../tokenizer/index.ts';
import type { GptConfig } from '../gpt-config.ts';
import { huggingFaceConfig } from './architectures.ts';
import { type GenerationConfig, huggingFaceGeneration } from './generation-config.ts';
import type { JsonObject } from './json-fields.ts';
import { savedWithFields } from './saved-with.ts';

/** The names of the documents in a folder of Hugging Face's form. */
export const documentNames = {
  config: 'config.json',
  generation: 'generation_config.json',
  tokenizer: 'tokenizer.json',
  ...templateFileNames,
} as const;

/** The token between texts, by which GPT-2's tokenizer and ours call it. */
const endOfTextName = '<|endoftext|>';

/** What the documents are written from. */
export interface ModelDescription {
  config: GptConfig;
  tokenizer: Tokenizer;
  /** Default: stop at the end of a text, everything else as the program has it. */
  generationConfig?: GenerationConfig;
  /** Of a model for conversations; its stop tokens are the default ones then. */
  chatTemplate?: ChatTemplate | undefined;
}

/**
 * File name → text of `config.json`, `generation_config.json`, `tokenizer.json`,
 * `tokenizer_config.json` and, where there is a template, `chat_template.jinja`: with
 * `model.safetensors` beside them, `transformers` loads the folder.
 *
 * @throws ConfigError for a tokenizer with more tokens than the model.
 */
export function modelDocuments(description: ModelDescription): Record<string, string> {
  const { config, tokenizer, chatTemplate } = description;
  checkVocabulary(config, tokenizer);
  const endOfText = tokenizer.specialTokens.ids.get(endOfTextName) ?? null;
  const generationConfig = {
    ...(chatTemplate && { stopTokens: chatTemplate.stopTokens }),
    ...description.generationConfig,
  };
  return {
    [documentNames.config]: print({
      ...huggingFaceConfig(config, endOfText),
      ...savedWithFields(description),
    }),
    [documentNames.generation]: print(huggingFaceGeneration(generationConfig, endOfText)),
    [documentNames.tokenizer]: writeTokenizerJson(tokenizer.data),
    [documentNames.tokenizerConfig]: print(tokenizerConfigOf(description)),
    ...(chatTemplate && { [documentNames.chatTemplate]: chatTemplate.source }),
  };
}

/** The template stands here too, for programs that do not know its file. */
function tokenizerConfigOf({ config, tokenizer, chatTemplate }: ModelDescription): JsonObject {
  const { specialTokens } = tokenizer;
  const hasEndOfText = specialTokens.ids.has(endOfTextName);
  const endOfTurn = chatTemplate && specialTokens.textOf(chatTemplate.stopTokens[0] ?? -1);
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    ...(hasEndOfText && { bos_token: endOfTextName, eos_token: endOfTextName }),
    ...(endOfTurn !== undefined && { eos_token: endOfTurn }),
    ...chatTemplate?.tokenNames,
    ...(chatTemplate && { chat_template: chatTemplate.source }),
    model_max_length: config.contextLength,
    clean_up_tokenization_spaces: false,
  };
}

/** @throws ConfigError when a token would have no row in the model's embedding. */
export function checkVocabulary(config: GptConfig, tokenizer: Tokenizer): void {
  if (tokenizer.vocabSize <= config.vocabSize) return;
  throw new ConfigError({
    what: `the tokenizer's vocabulary`,
    must: `be at most the model's vocabSize of ${config.vocabSize}`,
    got: `${tokenizer.vocabSize} tokens`,
    hint: 'use the tokenizer that the model was trained with',
  });
}

function print(content: JsonObject): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
