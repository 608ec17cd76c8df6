/** Documents for tests. */
import type { Document } from '../document.ts';

export function documentOf(text: string, rest: Partial<Document> = {}): Document {
  return { id: 'test/1', source: 'test', file: 'test.txt', kind: 'text', text, ...rest };
}

/** Prose without anything wrong: a paragraph of each language that rules exist for. */
export const prose = {
  en:
    'The old mill stands at the end of the valley, where the river turns to the west. ' +
    'Nobody has ground corn in it for sixty years, and the wheel has lost most of its boards. ' +
    'In spring the children of the village come to look for frogs between the stones. ' +
    'They have been told that a miller still walks there at night, but none of them believes it. ' +
    'Last summer a carpenter from the town began to mend the roof. ' +
    'He says that a house wants to be lived in, and that he will be ready before the snow falls.',
  'zh-Hans':
    '村子的尽头有一座老磨坊，河水在那里转向西边。六十年来没有人再用它磨过面，水轮的木板也大多不见了。' +
    '春天，孩子们到石头缝里找青蛙。大人说夜里还有一个磨工在那儿走动，可是他们谁也不信。' +
    '去年夏天，镇上来了一位木匠，开始修理屋顶。他说房子总要有人住才好，下雪之前一定能修完。' +
    '到了秋天，屋顶果然换成了新的，窗户也装上了玻璃，晚上从远处就能看见灯光。',
  'zh-Hant':
    '村子的盡頭有一座老磨坊，河水在那裡轉向西邊。六十年來沒有人再用它磨過麵，水輪的木板也大多不見了。' +
    '春天，孩子們到石頭縫裡找青蛙。大人說夜裡還有一個磨工在那兒走動，可是他們誰也不信。' +
    '去年夏天，鎮上來了一位木匠，開始修理屋頂。他說房子總要有人住纔好，下雪之前一定能修完。' +
    '到了秋天，屋頂果然換成了新的，窗戶也裝上了玻璃，晚上從遠處就能看見燈光。',
};
