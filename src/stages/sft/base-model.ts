/** What is fine-tuned: a model, its tokenizer, and how conversations become its tokens. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, hashFile, type RunDirectory } from '../../base/index.ts';
import {
  athanorSpecialTokens,
  type ChatTemplate,
  chatTemplateOf,
  createChatTemplate,
} from '../../chat/index.ts';
import {
  checkSavedWith,
  checkVocabulary,
  documentNames,
  findBase,
  isAdapterFolder,
  type ResolvedGptConfig,
  readModelConfig,
} from '../../model/index.ts';
import { loadTokenizer, type Tokenizer, withSpecialTokens } from '../../tokenizer/index.ts';
import { latestCheckpoint } from '../../train/index.ts';
import type { SftConfig } from './config.ts';

/** A base, without its weights. */
export interface BaseModel {
  folder: string;
  /** Over weights, config and tokenizer. */
  sha256: string;
  modelConfig: ResolvedGptConfig;
  /** As it came with the model. */
  ownTokenizer: Tokenizer;
  /** With the special tokens of the template. */
  tokenizer: Tokenizer;
  template: ChatTemplate;
}

/**
 * Reads everything but the weights.
 * @throws ConfigError for a folder that is no model, one whose template is another than the config's,
 *   and one whose tokenizer or template was replaced; FileError for damaged files.
 */
export async function openBase(config: SftConfig, run: RunDirectory): Promise<BaseModel> {
  const folder = config.base ?? latestCheckpoint(run.file('pretrain', 'checkpoints'));
  // An adapter is merged when it is loaded; what it does not have is its base's.
  const places = isAdapterFolder(folder) ? [folder, findBase(folder)] : [folder];
  const modelConfig = readModelConfig(places.at(-1) ?? folder);
  const { tokenizer: fileName } = documentNames;
  const tokenizerPlace = places.find((place) => existsSync(join(place, fileName))) ?? folder;
  const ownTokenizer = await loadTokenizer(join(tokenizerPlace, fileName));
  const own = await templateOf(places, ownTokenizer);
  if (places.length === 1) {
    checkVocabulary(modelConfig, ownTokenizer);
    checkSavedWith(folder, { tokenizer: ownTokenizer, chatTemplate: own });
  }
  const name = templateName(config, own);
  const tokenizer = withSpecialTokens(
    ownTokenizer,
    name === 'own' ? [] : name === 'chatml' ? chatmlSpecialTokens : athanorSpecialTokens,
  );
  const template = name === 'own' ? (own as ChatTemplate) : createChatTemplate(name, tokenizer);
  const sha256 = await hashFolders(places);
  return { folder, sha256, modelConfig, ownTokenizer, tokenizer, template };
}

const chatmlSpecialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/** A model that has learned one template would have to unlearn it. */
function templateName({ template }: SftConfig, own: ChatTemplate | undefined) {
  if (template === undefined) return own === undefined ? 'athanor' : 'own';
  if (template === 'own' ? own !== undefined : own === undefined || own.name === template) {
    return template;
  }
  throw new ConfigError({
    what: 'sft.template',
    must: own === undefined ? 'be athanor or chatml' : `be that of the base model, ${own.name}`,
    got: own === undefined ? 'own, of a base model that has none' : template,
    hint: own === undefined ? '--set sft.template=athanor' : '--set sft.template=own',
  });
}

async function templateOf(
  places: readonly string[],
  tokenizer: Tokenizer,
): Promise<ChatTemplate | undefined> {
  for (const place of places) {
    const template = await chatTemplateOf(place, tokenizer);
    if (template !== undefined) return template;
  }
  return undefined;
}

/** Over config, tokenizer and weights of a model, or of an adapter and its base. */
async function hashFolders(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of places) {
    const isWeights = (name: string) =>
      name.endsWith('.safetensors') && !name.startsWith('training-state');
    const weights = readdirSync(folder).filter(isWeights);
    const documents = [documentNames.config, documentNames.tokenizer, 'adapter_config.json'];
    const there = documents.filter((name) => existsSync(join(folder, name)));
    for (const name of [...there, ...weights.sort()]) {
      hash.update(`${name} ${await hashFile(join(folder, name))}\n`);
    }
  }
  return hash.digest('hex');
}
