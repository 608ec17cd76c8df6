import type { Bilingual } from '../../grammar/index.ts';
import type { Operator } from './sum.ts';

/**
 * Problems in words. `{p}` and `{q}` are people; `{na}`, `{nb}`, `{nr}` are so many things; `{a}`,
 * `{b}`, `{r}` bare numbers; `{n}` is the thing, `{ns}` its plural, `{m}` its measure word, `{how}`
 * 几 or 多少. The fifth problem of each operator is never in a text.
 */
export interface WordProblem {
  readonly question: Bilingual;
  readonly answer: Bilingual;
}

export const wordProblems: Readonly<Record<Operator, readonly WordProblem[]>> = {
  '+': [
    {
      question: {
        zh: '{p}有{na}，{q}又给了{him}{nb}。{p}现在有{how}{m}{n}？',
        en: '{p} has {na}. {q} gives {him} {nb} more. How many {ns} does {p} have now?',
      },
      answer: { zh: '{p}现在有{nr}。', en: '{p} now has {nr}.' },
    },
    {
      question: {
        zh: '篮子里有{na}，{p}又放进去{nb}。篮子里一共有{how}{m}{n}？',
        en: 'A basket holds {na}. {p} puts in {nb} more. How many {ns} are in the basket?',
      },
      answer: { zh: '篮子里一共有{nr}。', en: 'There are {nr} in the basket.' },
    },
    {
      question: {
        zh: '{p}上午买了{na}，下午买了{nb}。{p}一共买了{how}{m}{n}？',
        en: '{p} buys {na} in the morning and {nb} in the afternoon. How many {ns} does {p} buy?',
      },
      answer: { zh: '{p}一共买了{nr}。', en: '{p} buys {nr}.' },
    },
    {
      question: {
        zh: '左边有{na}，右边有{nb}。合起来是{how}{m}{n}？',
        en: 'There are {na} on the left and {nb} on the right. How many {ns} are there together?',
      },
      answer: { zh: '合起来是{nr}。', en: 'Together there are {nr}.' },
    },
    {
      question: {
        zh: '{p}带来{na}，{q}带来{nb}，放在一起数一数，有{how}{m}{n}？',
        en: '{p} brings {na} and {q} brings {nb}. They count the {ns}. How many do they find?',
      },
      answer: { zh: '放在一起有{nr}。', en: 'They find {nr}.' },
    },
  ],
  '-': [
    {
      question: {
        zh: '{p}有{na}，送给{q}{nb}。{p}还剩{how}{m}{n}？',
        en: '{p} has {na} and gives {nb} to {q}. How many {ns} does {p} have left?',
      },
      answer: { zh: '{p}还剩{nr}。', en: '{p} has {nr} left.' },
    },
    {
      question: {
        zh: '桌子上有{na}，{p}拿走了{nb}。桌子上还有{how}{m}{n}？',
        en: 'There are {na} on the table. {p} takes away {nb}. How many {ns} are still there?',
      },
      answer: { zh: '桌子上还有{nr}。', en: 'There are still {nr}.' },
    },
    {
      question: {
        zh: '{p}有{na}，{q}比{him}少{b}{m}。{q}有{how}{m}{n}？',
        en: '{p} has {na}. {q} has {b} fewer. How many {ns} does {q} have?',
      },
      answer: { zh: '{q}有{nr}。', en: '{q} has {nr}.' },
    },
    {
      question: {
        zh: '店里有{na}，卖掉了{nb}。店里还有{how}{m}{n}？',
        en: 'A shop has {na} and sells {nb}. How many {ns} does the shop have now?',
      },
      answer: { zh: '店里还有{nr}。', en: 'The shop now has {nr}.' },
    },
    {
      question: {
        zh: '{p}原来有{na}，不小心丢了{nb}，现在手里有{how}{m}{n}？',
        en: '{p} had {na} but lost {nb}. How many {ns} are left in {his} hands?',
      },
      answer: { zh: '现在手里有{nr}。', en: 'There are {nr} left.' },
    },
  ],
  '×': [
    {
      question: {
        zh: '有{a}个孩子，每人得到{nb}。一共要{how}{m}{n}？',
        en: 'There are {a} children, and each gets {nb}. How many {ns} do we need?',
      },
      answer: { zh: '一共要{nr}。', en: 'We need {nr}.' },
    },
    {
      question: {
        zh: '{p}买了{na}，每{m}{b}元。{p}要付{how}元？',
        en: '{p} buys {na} at {b} yuan each. How many yuan does {p} pay?',
      },
      answer: { zh: '{p}要付{r}元。', en: '{p} pays {r} yuan.' },
    },
    {
      question: {
        zh: '架子有{a}层，每层放{nb}。架子上有{how}{m}{n}？',
        en: 'A rack has {a} boards with {nb} on each. How many {ns} are on the rack?',
      },
      answer: { zh: '架子上有{nr}。', en: 'There are {nr} on the rack.' },
    },
    {
      question: {
        zh: '{p}每天卖{nb}，{a}天一共卖{how}{m}{n}？',
        en: '{p} sells {nb} a day. How many {ns} does {p} sell in {a} days?',
      },
      answer: { zh: '一共卖{nr}。', en: '{p} sells {nr}.' },
    },
    {
      question: {
        zh: '{a}个箱子，每个箱子装{nb}，全部拿出来是{how}{m}{n}？',
        en: 'Each of {a} boxes is packed with {nb}. How many {ns} come out of all the boxes?',
      },
      answer: { zh: '全部拿出来是{nr}。', en: 'Out come {nr}.' },
    },
  ],
  '÷': [
    {
      question: {
        zh: '{p}把{na}平均分给{b}个孩子，每人得到{how}{m}{n}？',
        en: '{p} shares {na} equally among {b} children. How many {ns} does each child get?',
      },
      answer: { zh: '每人得到{nr}。', en: 'Each child gets {nr}.' },
    },
    {
      question: {
        zh: '{na}放进{b}个篮子，每个一样多，每个篮子里有{how}{m}{n}？',
        en: '{na} go into {b} baskets, the same number in each. How many {ns} are in one basket?',
      },
      answer: { zh: '每个篮子里有{nr}。', en: 'One basket holds {nr}.' },
    },
    {
      question: {
        zh: '{p}用{a}元买了{nb}，每{m}{how}元？',
        en: '{p} pays {a} yuan for {nb}. How many yuan does one {n} cost?',
      },
      answer: { zh: '每{m}{r}元。', en: 'One {n} costs {r} yuan.' },
    },
    {
      question: {
        zh: '{p}有{na}，每天用{b}{m}，可以用{how}天？',
        en: '{p} has {na} and uses {b} every day. For how many days are there {ns}?',
      },
      answer: { zh: '可以用{r}天。', en: 'There are enough for {r} days.' },
    },
    {
      question: {
        zh: '{na}，每{b}{m}装一袋，要几个袋子？',
        en: '{na} are packed with {b} to a bag. How many bags does it take?',
      },
      answer: { zh: '要{r}个袋子。', en: 'It takes {r} bags.' },
    },
  ],
};

/** Ways to ask a bare sum; the fifth is never in a text. */
export const sumQuestions: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: [
    '{sum}等于几？',
    '{sum}是多少？',
    '请算一算：{sum}。',
    '你知道{sum}等于多少吗？',
    '{sum}，得数是什么？',
  ],
  en: [
    'What is {sum}?',
    'How much is {sum}?',
    'Please work out {sum}.',
    'Do you know what {sum} is?',
    'What do you get for {sum}?',
  ],
};

/** Things to count in word problems: noun cells. */
export const goods = `
苹果|apple|个
鸡蛋|egg|个
铅笔|pencil|支
橘子|tangerine|个
本子|notebook|个
灯笼|lantern|盏
茶杯|teacup|个
桃子|peach|个
包子|bun|个
书|book|本
毛巾|towel|条
扇子|fan|把
`;
