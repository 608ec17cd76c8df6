import { describe, expect, test } from 'vitest';
import {
  bilingual,
  capitalise,
  clockEn,
  clockZh,
  countedEn,
  countedZh,
  fill,
  fillSentence,
  gerund,
  noun,
  numberEn,
  numberZh,
  ordinalEn,
  past,
  plural,
  possessive,
  present,
  thirdPerson,
  withArticle,
} from './index.ts';

describe('numbers', () => {
  test.each([
    [0, 'zero', '零'],
    [12, 'twelve', '十二'],
    [20, 'twenty', '二十'],
    [99, 'ninety-nine', '九十九'],
    [100, 'one hundred', '一百'],
    [105, 'one hundred and five', '一百零五'],
    [110, 'one hundred and ten', '一百一十'],
    [2024, 'two thousand and twenty-four', '二千零二十四'],
    [9999, 'nine thousand nine hundred and ninety-nine', '九千九百九十九'],
  ])('%d is %s and %s', (value, en, zh) => {
    expect(numberEn(value)).toBe(en);
    expect(numberZh(value)).toBe(zh);
  });

  test('things are counted with measure words and plurals', () => {
    const cat = noun('猫|cat|只');
    expect([countedZh(2, cat), countedZh(12, cat)]).toEqual(['两只猫', '十二只猫']);
    expect([countedEn(1, cat), countedEn(3, cat)]).toEqual(['one cat', 'three cats']);
  });

  test('hours and ordinals', () => {
    expect([clockZh(2.5), clockEn(2.5), clockEn(6)]).toEqual([
      '两点半',
      'half past two',
      "six o'clock",
    ]);
    expect([1, 12, 20, 23].map(ordinalEn)).toEqual([
      'first',
      'twelfth',
      'twentieth',
      'twenty-third',
    ]);
  });
});

describe('English words', () => {
  test.each([
    ['cat', 'a cat', 'cats'],
    ['apple', 'an apple', 'apples'],
    ['hour', 'an hour', 'hours'],
    ['university', 'a university', 'universities'],
    ['loaf of bread', 'a loaf of bread', 'loaves of bread'],
    ['pair of scissors', 'a pair of scissors', 'pairs of scissors'],
    ['brush', 'a brush', 'brushes'],
    ['mouse', 'a mouse', 'mice'],
    ['toy', 'a toy', 'toys'],
  ])('%s', (en, one, many) => {
    expect(withArticle(en)).toBe(one);
    expect(plural(en)).toBe(many);
  });

  test.each([
    ['go for a run', 'goes for a run', 'going for a run', 'went for a run'],
    ['have tea', 'has tea', 'having tea', 'had tea'],
    ['fly a kite', 'flies a kite', 'flying a kite', 'flew a kite'],
    ['play', 'plays', 'playing', 'played'],
    ['swim', 'swims', 'swimming', 'swam'],
    ['see', 'sees', 'seeing', 'saw'],
    ['clap', 'claps', 'clapping', 'clapped'],
    ['wash', 'washes', 'washing', 'washed'],
    ['carry', 'carries', 'carrying', 'carried'],
    ['be', 'is', 'being', 'was'],
  ])('%s', (base, third, ing, before) => {
    expect([thirdPerson(base), gerund(base), past(base)]).toEqual([third, ing, before]);
    expect(present(base, 'plural')).toBe(base);
  });

  test('possessives', () => {
    expect([possessive('Li Ming'), possessive('the boys')]).toEqual(["Li Ming's", "the boys'"]);
  });
});

describe('templates', () => {
  test('slots, groups and capitals', () => {
    const slots = { a: { name: 'the cat', eats: 'fish' }, n: '3' };
    expect(fill('{n}: {A} eats {a.eats}', slots)).toBe('3: The cat eats fish');
    expect(fillSentence('en', '{a} sleeps.', slots)).toBe('The cat sleeps.');
    expect(capitalise('"hello"')).toBe('"Hello"');
  });

  test('a slot that is missing is an error, not an empty text', () => {
    expect(() => fill('{b}', {})).toThrow('no slot {b}');
    expect(() => fill('{a.sings}', { a: { name: 'the cat' } })).toThrow('no slot {a.sings}');
  });

  test('a cell needs both languages', () => {
    expect(bilingual('猫|cat')).toEqual({ zh: '猫', en: 'cat' });
    expect(() => bilingual('猫|')).toThrow('must be `中文|English`');
  });
});
