import { expect, test } from 'vitest';
import { judgeAnswer, normalizeAnswer } from './judge-answer.ts';
import type { AnswerRule } from './task.ts';

test.each<[string, string]>([
  ['  Paris. ', 'paris'],
  ['巴黎。', '巴黎'],
  ['Ｐａｒｉｓ！', 'paris'],
  ['one\n two', 'one two'],
  ['a.b.', 'a.b'],
])('%j is compared as %j', (text, normal) => {
  expect(normalizeAnswer(text)).toBe(normal);
});

const equals: AnswerRule = { type: 'equals', answers: ['八', 'Three plus five is eight.'] };
const framed: AnswerRule = {
  ...{ type: 'equals', answers: ['Fish.', '鱼'] },
  around: ['Of course.', 'I hope that helps.', '当然。', '希望对您有帮助。'],
};
const contains: AnswerRule = {
  type: 'contains',
  all: ['tea'],
  any: ['好的', 'yes'],
  none: ['not'],
};
const refusal = (language: 'zh' | 'en'): AnswerRule => ({ type: 'refusal', language });
const politeZh: AnswerRule = {
  ...{ type: 'polite', language: 'zh' },
  ...{ keeps: ['奶奶', '浇花'], maxCharacters: 30 },
};
const politeEn: AnswerRule = {
  ...{ type: 'polite', language: 'en' },
  ...{ keeps: ['him', 'sweep the floor'], maxCharacters: 70 },
};
const poem: AnswerRule = { type: 'poem', verses: ['疑是地上霜。'] };

test.each<[AnswerRule, string]>([
  [equals, '八。'],
  [equals, 'three plus five is eight'],
  [framed, 'fish'],
  [framed, 'Of course. Fish. I hope that helps.'],
  [framed, 'I hope that helps! Fish'],
  [framed, '当然。鱼。希望对您有帮助。'],
  [contains, 'Yes, we drink Tea.'],
  [refusal('zh'), '对不起，我不能帮忙。'],
  [refusal('en'), 'Sorry, I cannot help with that.'],
  [refusal('en'), "I can't do this."],
  [politeZh, '请帮奶奶浇花，好吗？'],
  [politeZh, '麻烦你帮奶奶浇花。'],
  [politeEn, 'Would you help him to sweep the floor?'],
  [poem, '疑是地上霜。'],
  [poem, ' 疑是地下霜，'],
])('%j takes %j', (rule, answer) => {
  expect(judgeAnswer(rule, answer)).toBe(true);
});

test.each<[AnswerRule, string]>([
  [equals, '八九'],
  [equals, ''],
  [framed, 'Of course. I hope that helps.'],
  [framed, 'Of course. Fish or grass. I hope that helps.'],
  [framed, '当然不是鱼。'],
  [contains, 'Yes, we drink milk.'],
  [contains, 'We drink tea.'],
  [contains, 'Yes, but not tea.'],
  [refusal('zh'), '好的，我教你。'],
  [refusal('zh'), ''],
  [refusal('en'), 'Take the key.'],
  [refusal('en'), `I cannot stop you: ${'first do this, then do that, '.repeat(6)}`],
  [politeZh, '帮奶奶浇花。'],
  [politeZh, '请帮爷爷浇花，好吗？'],
  [politeZh, '请快帮奶奶浇花！'],
  [politeZh, '请浇花帮奶奶，好吗？'],
  [politeZh, `请${'帮奶奶浇花'.repeat(7)}，好吗？`],
  [politeEn, 'Please help him to sweep the floor now.'],
  [politeEn, 'Please help him!'],
  [poem, '低头思故乡。'],
  [poem, '疑是上霜。'],
  [poem, '疑是地上霜。举头望明月。'],
  [poem, ''],
])('%j does not take %j', (rule, answer) => {
  expect(judgeAnswer(rule, answer)).toBe(false);
});
