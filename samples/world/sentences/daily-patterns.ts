import type { SeededRandom } from '../../../src/base/index.ts';
import { type Bilingual, clockEn, clockZh, gerund, present } from '../../grammar/index.ts';
import { type Lexicon, objectForm, type Person } from './lexicon.ts';

/** Draws one sentence in both languages. */
export type Pattern = (random: SeededRandom, words: Lexicon) => Bilingual;

/** Sentences about what people do, want, can and like. */
export const dailyPatterns = {
  /** 他每天早上六点起床，然后去跑步。 */
  wakes: (random, words) => {
    const person = random.pick(words.persons);
    const hour = 5 + random.int(8) / 2;
    const action = random.pick(words.actions);
    const then = `${does('wake up', person)} at ${clockEn(hour)} every morning and then ${does(action.en, person)}`;
    return {
      zh: `${person.zh}每天早上${clockZh(hour)}起床，然后去${action.zh}。`,
      en: `${person.en} ${then}.`,
    };
  },
  /** 姐姐每天晚上先看书，再洗碗。 */
  thenDoes: (random, words) => {
    const person = random.pick(words.persons);
    const [first, second] = twoActions(random, words);
    const time = random.pick(dailyTimes);
    return {
      zh: `${person.zh}${time.zh}先${first.zh}，再${second.zh}。`,
      en: `${time.en}, ${person.en} first ${does(first.en, person)} and then ${does(second.en, person)}.`,
    };
  },
  /** 明天我们要去公园放风筝。 */
  goesOut: (random, words) => {
    const person = random.pick(words.persons);
    const { at, items } = random.pick(words.outings);
    const action = random.pick(items);
    const time = random.pick(futureTimes);
    return {
      zh: `${time.zh}${person.zh}要去${at.zh}${action.zh}。`,
      en: `${person.en} will go to ${at.en} ${time.en} to ${bare(action.en, person)}.`,
    };
  },
  /** 他会骑自行车，但是不会游泳。 */
  canButCannot: (random, words) => {
    const person = random.pick(words.persons);
    const [can, cannot] = random.shuffle(words.skills) as [Bilingual, Bilingual];
    return {
      zh: `${person.zh}会${can.zh}，但是不会${cannot.zh}。`,
      en: `${person.en} can ${can.en} but cannot ${cannot.en}.`,
    };
  },
  /** 你喜欢喝茶吗？ */
  likesTo: (random, words) => {
    const person = random.pick(words.persons);
    const action = random.pick(words.actions);
    const verb = person.agreement === 'singular' ? 'Does' : 'Do';
    return {
      zh: `${person.zh}喜欢${action.zh}吗？`,
      en: `${verb} ${person.en} like ${gerund(bare(action.en, person))}?`,
    };
  },
  /** 下雨的时候，她喜欢听音乐。 */
  inBadWeather: (random, words) => {
    const person = random.pick(words.persons);
    const weather = random.pick(words.badWeathers);
    const action = random.pick(words.indoors);
    return {
      zh: `${weather.zh}的时候，${person.zh}喜欢在家${action.zh}。`,
      en: `When ${weather.general}, ${person.en} ${present('like', person.agreement)} to stay at home and ${action.en}.`,
    };
  },
  /** 因为下雪，所以我们在家喝热茶。 */
  because: (random, words) => {
    const person = random.pick(words.persons);
    const weather = random.pick(words.badWeathers);
    const action = random.pick(words.indoors);
    return {
      zh: `因为${weather.zh}，所以${person.zh}在家${action.zh}。`,
      en: `Because ${weather.now}, ${person.en} ${present('stay', person.agreement)} at home and ${does(action.en, person)}.`,
    };
  },
  /** 吃早饭以前，他先洗脸。 */
  before: (random, words) => {
    const person = random.pick(words.persons);
    const [before, first] = twoActions(random, words);
    return {
      zh: `${before.zh}以前，${person.zh}先${first.zh}。`,
      en: `Before ${gerund(bare(before.en, person))}, ${person.en} ${does(first.en, person)}.`,
    };
  },
  /** 请帮我浇花，好吗？ */
  helps: (random, words) => {
    const helped = random.pick(words.persons.filter((person) => person.zh !== '你'));
    const chore = random.pick(words.chores);
    return {
      zh: `请帮${helped.zh}${chore.zh}，好吗？`,
      en: `Could you please help ${objectForm(helped)} to ${chore.en}?`,
    };
  },
  asks: (random, words) => random.pick(words.requests),
} satisfies Record<string, Pattern>;

const dailyTimes: readonly Bilingual[] = [
  { zh: '每天早上', en: 'every morning' },
  { zh: '每天晚上', en: 'every evening' },
  { zh: '每个星期天', en: 'every Sunday' },
  { zh: '放假的时候', en: 'on holidays' },
];

const futureTimes: readonly Bilingual[] = [
  { zh: '明天', en: 'tomorrow' },
  { zh: '后天', en: 'the day after tomorrow' },
  { zh: '下个星期', en: 'next week' },
  { zh: '今天下午', en: 'this afternoon' },
  { zh: '星期六', en: 'on Saturday' },
];

/** The action in the present tense, agreeing with the person. */
function does(action: string, person: Person): string {
  return present(bare(action, person), person.agreement);
}

function bare(action: string, person: Person): string {
  return action.replace('{his}', person.his);
}

function twoActions(random: SeededRandom, words: Lexicon): [Bilingual, Bilingual] {
  const first = random.pick(words.actions);
  const rest = words.actions.filter((action) => action !== first);
  return [first, random.pick(rest)];
}
