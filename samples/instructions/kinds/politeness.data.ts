import type { Language } from '../../grammar/index.ts';

/** Ways to say `{wish}` that are not polite. */
export const blunt: Readonly<Record<Language, readonly string[]>> = {
  zh: ['{wish}！', '快{wish}！', '你去{wish}！'],
  en: ['{wish}!', '{wish} now!', 'You must {wish}!'],
};

/** Ways to ask for a rewriting of `{s}`; the last of each list is never trained on. */
export const rewritePhrasings: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '说得客气一点：{s}',
    '请把这句话说得有礼貌：{s}',
    '“{s}”怎么说才客气？',
    '换成客气的话：{s}',
    '把它改得礼貌些：{s}',
  ],
  en: [
    'Say it politely: {s}',
    'Make this polite: {s}',
    'What is a polite way to say this? {s}',
    'Please rewrite this politely: {s}',
    'Put it in kinder words: {s}',
  ],
};
