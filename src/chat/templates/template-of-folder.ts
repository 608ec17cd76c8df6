/** The chat template that a model folder carries. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asFileError, ConfigError, systemErrorCode } from '../../base/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { ChatTemplate, TokenNames } from '../chat-template.ts';
import { createJinjaTemplate } from '../jinja/create-jinja-template.ts';
import { createChatTemplate } from './create-chat-template.ts';
import { ownTemplateOf } from './own-templates.ts';

/** The documents of a model folder that a template stands in. */
export const templateFileNames = {
  chatTemplate: 'chat_template.jinja',
  tokenizerConfig: 'tokenizer_config.json',
} as const;

/**
 * The template of a folder in Hugging Face's form: its `chat_template.jinja`, or else what its
 * `tokenizer_config.json` has under `chat_template`. Templates of ours are known again by their text.
 *
 * @returns undefined for a folder without one
 * @throws ConfigError for a tokenizer without its special tokens; FileError for a file that cannot be
 *   read or is none.
 */
export async function chatTemplateOf(
  folder: string,
  tokenizer: Tokenizer,
): Promise<ChatTemplate | undefined> {
  const config = await readTokenizerConfig(folder);
  const source = (await readDocument(folder, 'chatTemplate')) ?? templateIn(config);
  if (source === undefined) return undefined;
  const own = ownTemplateOf(source);
  if (own !== undefined) return createChatTemplate(own, tokenizer);
  return createJinjaTemplate(source, tokenizer, tokenNamesIn(config));
}

type JsonFields = Readonly<Record<string, unknown>>;

async function readTokenizerConfig(folder: string): Promise<JsonFields> {
  const text = await readDocument(folder, 'tokenizerConfig');
  const what = join(folder, templateFileNames.tokenizerConfig);
  try {
    const json: unknown = JSON.parse(text ?? '{}');
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as JsonFields;
    throw new ConfigError({ what, must: 'hold a JSON object', got: text?.slice(0, 40) ?? '' });
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ConfigError({ what, must: 'hold JSON', got: cause.message }, { cause });
  }
}

/** A text, or a list of named ones, of which `default` is for conversations. */
function templateIn(config: JsonFields): string | undefined {
  const value: unknown = config.chat_template;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const named: unknown = value.find((entry: JsonFields | null) => entry?.name === 'default');
  const template = (named as JsonFields | undefined)?.template;
  return typeof template === 'string' ? template : undefined;
}

function tokenNamesIn(config: JsonFields): TokenNames {
  const names: { bos_token?: string; eos_token?: string } = {};
  for (const name of ['bos_token', 'eos_token'] as const) {
    const value: unknown = config[name];
    const text = typeof value === 'object' ? (value as JsonFields | null)?.content : value;
    if (typeof text === 'string') names[name] = text;
  }
  return names;
}

const maxDocumentBytes = 2 ** 24;

async function readDocument(
  folder: string,
  name: keyof typeof templateFileNames,
): Promise<string | undefined> {
  const path = join(folder, templateFileNames[name]);
  try {
    const { size } = await stat(path);
    if (size <= maxDocumentBytes) return await readFile(path, 'utf8');
    const must = `have at most ${maxDocumentBytes} bytes`;
    throw new ConfigError({ what: path, must, got: String(size) });
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw asFileError(error, path, 'read');
  }
}
