/** What is fine-tuned: a model, its tokenizer, and how conversations become its tokens. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, hashFile, type RunDirectory } from '../../base/index.ts';
import {
  athanorSpecialTokens,
  type ChatTemplate,
  chatTemplateOf,
  createChatTemplate,
} from '../../chat/index.ts';
import { documentNames, type ResolvedGptConfig, readModelConfig } from '../../model/index.ts';
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
 * @throws ConfigError for a folder that is no model, and one whose template is another than the
 *   config's; FileError for damaged files.
 */
export async function openBase(config: SftConfig, run: RunDirectory): Promise<BaseModel> {
  const folder = config.base ?? latestCheckpoint(run.file('pretrain', 'checkpoints'));
  const modelConfig = readModelConfig(folder);
  const ownTokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  const own = await chatTemplateOf(folder, ownTokenizer);
  const name = templateName(config, own);
  const tokenizer = withSpecialTokens(
    ownTokenizer,
    name === 'own' ? [] : name === 'chatml' ? chatmlSpecialTokens : athanorSpecialTokens,
  );
  const template = name === 'own' ? (own as ChatTemplate) : createChatTemplate(name, tokenizer);
  const sha256 = await hashFolder(folder);
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

async function hashFolder(folder: string): Promise<string> {
  const weights = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  const isState = (name: string) => name.startsWith('training-state');
  const names = [documentNames.config, documentNames.tokenizer, ...weights.sort()];
  const hash = createHash('sha256');
  for (const name of names.filter((name) => !isState(name))) {
    hash.update(`${name} ${await hashFile(join(folder, name))}\n`);
  }
  return hash.digest('hex');
}
