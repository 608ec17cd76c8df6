import type { Language } from '../../grammar/index.ts';

/** Languages of the request and of the answer: `zh en` asks in Chinese for English. */
export type Direction = `${Language} ${Language}`;

/**
 * With the word 翻译 or “translate”. The last of each list is never trained on. A request that does
 * not name the language means the other one.
 */
export const withWord: Readonly<Record<Direction, readonly string[]>> = {
  'zh en': [
    '翻译成英文：{s}',
    '请把这句话翻译成英文：{s}',
    '翻译：{s}',
    '“{s}”请翻译。',
    '帮我翻译一句话：{s}',
  ],
  'zh zh': [
    '翻译成中文：{s}',
    '请把这句话翻译成中文：{s}',
    '把英文翻译过来：{s}',
    '“{s}”翻译成中文。',
    '帮我把它翻译成中文：{s}',
  ],
  'en en': [
    'Translate into English: {s}',
    'Please translate this into English: {s}',
    'Translate this Chinese: {s}',
    '"{s}" Translate it into English.',
    'Can you translate it into English? {s}',
  ],
  'en zh': [
    'Translate into Chinese: {s}',
    'Please translate this into Chinese: {s}',
    'Translate: {s}',
    '"{s}" Translate it into Chinese.',
    'Can you translate it into Chinese? {s}',
  ],
};

/** Without the word. */
export const withoutWord: Readonly<Record<Direction, readonly string[]>> = {
  'zh en': [
    '“{s}”用英文怎么说？',
    '用英文说：{s}',
    '这句话的英文是什么？{s}',
    '英文：{s}',
    '换成英文说一说：{s}',
  ],
  'zh zh': [
    '“{s}”用中文怎么说？',
    '用中文说：{s}',
    '这句话的中文是什么？{s}',
    '中文：{s}',
    '换成中文说一说：{s}',
  ],
  'en en': [
    'How do you say this in English? {s}',
    'Say it in English: {s}',
    'What is "{s}" in English?',
    'In English: {s}',
    'Tell me this in English: {s}',
  ],
  'en zh': [
    'How do you say this in Chinese? {s}',
    'Say it in Chinese: {s}',
    'What is "{s}" in Chinese?',
    'In Chinese: {s}',
    'Tell me this in Chinese: {s}',
  ],
};
