import {
  type Bilingual,
  be,
  countedEn,
  countedZh,
  gerund,
  type Noun,
  plural,
  present,
  withArticle,
} from '../../grammar/index.ts';
import type { Pattern } from './daily-patterns.ts';
import { objectForm } from './lexicon.ts';

/** Sentences about things: where they are, whose they are, how they are. */
export const thingPatterns = {
  /** 昨天妈妈在市场买了三条鱼。 */
  bought: (random, words) => {
    const person = random.pick(words.persons);
    const { at, items } = random.pick(words.shops);
    const [item, count] = [random.pick(items), 1 + random.int(9)];
    const time = random.pick(pastTimes);
    return {
      zh: `${time.zh}${person.zh}在${at.zh}买了${countedZh(count, item)}。`,
      en: `${person.en} bought ${amount(count, item)} ${at.en} ${time.en}.`,
    };
  },
  /** 桌子上有三本书。 */
  thereAre: (random, words) => {
    const { at, items } = random.pick(words.spots);
    const [item, count] = [random.pick(items), 1 + random.int(12)];
    return {
      zh: `${at.zh}有${countedZh(count, item)}。`,
      en: `There ${be(count === 1 ? 'singular' : 'plural')} ${amount(count, item)} ${at.en}.`,
    };
  },
  /** 桌子上有几本书？ */
  howMany: (random, words) => {
    const { at, items } = random.pick(words.spots);
    const item = random.pick(items);
    return {
      zh: `${at.zh}有几${item.measure}${item.zh}？`,
      en: `How many ${plural(item.en)} are there ${at.en}?`,
    };
  },
  /** 两只猫正在桌子下面睡觉。 */
  isDoing: (random, words) => {
    const { actor, at, action } = random.pick(words.scenes);
    const count = 1 + random.int(6);
    const doing = gerund(action.en.replace('{his}', count === 1 ? 'its' : 'their'));
    return {
      zh: `${countedZh(count, actor)}正在${at.zh}${action.zh}。`,
      en: `${amount(count, actor)} ${be(count === 1 ? 'singular' : 'plural')} ${doing} ${at.en}.`,
    };
  },
  /** 我想去杭州看西湖。 */
  visits: (random, words) => {
    const person = random.pick(words.persons);
    const { name, sight } = random.pick(words.towns);
    return {
      zh: `${person.zh}想去${name.zh}看${sight.zh}。`,
      en: `${person.en} ${present('want', person.agreement)} to go to ${name.en} to see ${sight.en}.`,
    };
  },
  /** 这棵树比那棵高。 */
  isMore: (random, words) => {
    const { adjective, comparative, items } = random.pick(words.comparisons);
    const item = random.pick(items);
    return {
      zh: `这${item.measure}${item.zh}比那${item.measure}${adjective.zh}。`,
      en: `This ${item.en} is ${comparative} than that one.`,
    };
  },
  /** 奶奶觉得这个故事很有意思。 */
  finds: (random, words) => {
    const { adjective, items } = random.pick(words.comparisons);
    const item = random.pick(items);
    const person = random.pick(words.persons);
    return {
      zh: `${person.zh}觉得这${item.measure}${item.zh}很${adjective.zh}。`,
      en: `${person.en} ${present('think', person.agreement)} that this ${item.en} is very ${adjective.en}.`,
    };
  },
  /** 老师送给弟弟一本书。 */
  gave: (random, words) => {
    const present = random.pick(words.presents);
    const giver = random.pick(words.persons);
    const receiver = random.pick(words.persons.filter(({ him }) => him !== giver.him));
    return {
      zh: `${giver.zh}送给${receiver.zh}${countedZh(1, present)}。`,
      en: `${giver.en} gave ${objectForm(receiver)} ${withArticle(present.en)}.`,
    };
  },
  /** 今天杭州下雨，明天天晴。 */
  weather: (random, words) => {
    const [today, tomorrow] = random.shuffle(words.weathers);
    const { name } = random.pick(words.towns);
    return {
      zh: `今天${name.zh}${today?.zh}，明天${tomorrow?.zh}。`,
      en: `Today ${today?.now} in ${name.en}, and tomorrow ${tomorrow?.tomorrow}.`,
    };
  },
  /** 爷爷有两把茶壶。 */
  has: (random, words) => {
    const person = random.pick(words.persons);
    const item = random.pick([...words.presents, ...words.pets]);
    const count = 1 + random.int(6);
    return {
      zh: `${person.zh}有${countedZh(count, item)}。`,
      en: `${person.en} ${present('have', person.agreement)} ${amount(count, item)}.`,
    };
  },
} satisfies Record<string, Pattern>;

const pastTimes: readonly Bilingual[] = [
  { zh: '昨天', en: 'yesterday' },
  { zh: '前天', en: 'the day before yesterday' },
  { zh: '上个星期', en: 'last week' },
  { zh: '今天早上', en: 'this morning' },
  { zh: '星期天', en: 'on Sunday' },
];

/** `a cat`, `three cats`. */
function amount(count: number, item: Noun): string {
  return count === 1 ? withArticle(item.en) : countedEn(count, item);
}
