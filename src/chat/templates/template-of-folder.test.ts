import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { byteTokenizer } from '../../../tests/byte-tokenizer.ts';
import { ConfigError, FileError } from '../../base/index.ts';
import { athanorSpecialTokens, chatTemplateOf, createChatTemplate } from '../index.ts';

const tokenizer = byteTokenizer([...athanorSpecialTokens, '<|im_start|>', '<|im_end|>']);
const foreign =
  "{{ bos_token }}{% for m in messages %}{{ '<|' ~ m.role ~ '|> ' ~ m.content ~ eos_token }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|> ' }}{% endif %}";

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-template-'));
  return () => fs.rmSync(folder, { recursive: true });
});
const write = (name: string, content: unknown) =>
  fs.writeFileSync(
    join(folder, name),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
const ask = () => chatTemplateOf(folder, tokenizer);

it('finds nothing where nothing is', async () => {
  expect(await ask()).toBeUndefined();
  write('tokenizer_config.json', { bos_token: '<|endoftext|>', chat_template: null });
  expect(await ask()).toBeUndefined();
});

it.each(['athanor', 'chatml'] as const)('knows %s again', async (name) => {
  const { source } = createChatTemplate(name, tokenizer);
  write('chat_template.jinja', `${source}\n`);
  expect((await ask())?.name).toBe(name);
  fs.rmSync(join(folder, 'chat_template.jinja'));
  write('tokenizer_config.json', { chat_template: source });
  expect((await ask())?.name).toBe(name);
});

it('runs a foreign one, with the names of tokens that stand beside it', async () => {
  const bos_token = { content: '<|endoftext|>', special: true };
  const named = [
    { name: 'tools', template: 'no' },
    { name: 'default', template: foreign },
  ];
  write('tokenizer_config.json', { bos_token, eos_token: '<|end|>', chat_template: named });
  const template = await ask();
  const { ids } = template?.render([{ role: 'user', content: 'a' }]) ?? { ids: [] };
  expect(tokenizer.decode(ids)).toBe('<|endoftext|><|user|> a<|end|>');
  expect(template?.tokenNames).toEqual({ bos_token: '<|endoftext|>', eos_token: '<|end|>' });
  expect(template?.source).toBe(foreign);
  expect(template?.specialTokens).toEqual([
    '<|endoftext|>',
    '<|user|>',
    '<|end|>',
    '<|assistant|>',
  ]);
});

it('says what is wrong with a folder', async () => {
  write('tokenizer_config.json', '{');
  await expect(ask()).rejects.toThrow(/tokenizer_config.json must hold JSON/);
  write('tokenizer_config.json', '[]');
  await expect(ask()).rejects.toThrow(ConfigError);
  write('tokenizer_config.json', ' '.repeat(2 ** 24 + 1));
  await expect(ask()).rejects.toThrow(/at most 16777216 bytes/);
  fs.rmSync(join(folder, 'tokenizer_config.json'));
  fs.mkdirSync(join(folder, 'chat_template.jinja'));
  await expect(ask()).rejects.toThrow(FileError);
});
