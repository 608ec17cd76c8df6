/** The documents of a model folder: everything beside the weights. */
import { ConfigError } from '../../base/index.ts';
import { type Tokenizer, writeTokenizerJson } from '../../tokenizer/index.ts';
import type { GptConfig } from '../gpt-config.ts';
import { huggingFaceConfig } from './architectures.ts';
import { type GenerationConfig, huggingFaceGeneration } from './generation-config.ts';
import type { JsonObject } from './json-fields.ts';

/** The names of the documents in a folder of Hugging Face's form. */
export const documentNames = {
  config: 'config.json',
  generation: 'generation_config.json',
  tokenizer: 'tokenizer.json',
  tokenizerConfig: 'tokenizer_config.json',
} as const;

/** The token between texts, by which GPT-2's tokenizer and ours call it. */
const endOfTextName = '<|endoftext|>';

/** What the documents are written from. */
export interface ModelDescription {
  config: GptConfig;
  tokenizer: Tokenizer;
  /** Default: stop at the end of a text, everything else as the program has it. */
  generationConfig?: GenerationConfig;
}

/**
 * File name → text of `config.json`, `generation_config.json`, `tokenizer.json` and
 * `tokenizer_config.json`: with `model.safetensors` beside them, `transformers` loads the folder.
 *
 * @throws ConfigError for a tokenizer with more tokens than the model.
 */
export function modelDocuments(description: ModelDescription): Record<string, string> {
  const { config, tokenizer, generationConfig = {} } = description;
  checkVocabulary(config, tokenizer);
  const endOfText = tokenizer.specialTokens.ids.get(endOfTextName) ?? null;
  return {
    [documentNames.config]: print(huggingFaceConfig(config, endOfText)),
    [documentNames.generation]: print(huggingFaceGeneration(generationConfig, endOfText)),
    [documentNames.tokenizer]: writeTokenizerJson(tokenizer.data),
    [documentNames.tokenizerConfig]: print({
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...(endOfText === null ? {} : { bos_token: endOfTextName, eos_token: endOfTextName }),
      model_max_length: config.contextLength,
      clean_up_tokenization_spaces: false,
    }),
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
