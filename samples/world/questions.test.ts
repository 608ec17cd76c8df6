import { expect, test } from 'vitest';
import { languages } from '../grammar/index.ts';
import { numPhrasings, question, trainPhrasing, worldQuestions } from './questions.ts';
import type { WorldSize } from './size.ts';
import { tell } from './telling.ts';
import { createWorld } from './world.ts';

const sizes: readonly WorldSize[] = ['hamlet', 'village', 'town', 'country'];

test.each(sizes)('the %s: ids are unique, friends are mutual, values are known', (size) => {
  const world = createWorld({ seed: 3, size });
  expect(world.byId.size).toBe(world.subjects.length);
  expect(new Set(world.facts.map(({ id }) => id)).size).toBe(world.facts.length);
  for (const person of world.byKind.person) {
    const [home, trade, pet, friend] = ['home', 'trade', 'pet', 'friend'].map((relation) => {
      const fact = person.facts.find((known) => known.relation.name === relation);
      return world.byName.get(fact?.value.zh.v ?? '');
    });
    const kinds = [home?.kind, trade?.kind, pet?.kind, friend?.kind];
    expect(kinds, person.id).toEqual(['place', 'trade', 'animal', 'person']);
    const back = friend?.facts.find((known) => known.relation.name === 'friend');
    expect(back?.value.zh.v).toBe(person.zh.name);
  }
});

test('names differ in Chinese and in English', () => {
  const { byKind } = createWorld({ seed: 3, size: 'country' });
  for (const subjects of Object.values(byKind)) {
    for (const language of languages) {
      expect(new Set(subjects.map((s) => s[language].name)).size).toBe(subjects.length);
    }
  }
});

test('each question has one answer, and the answer holds the value', () => {
  const answers = new Map<string, string>();
  for (const asked of worldQuestions(createWorld({ seed: 3 }))) {
    const { text, language, shortAnswer, fullAnswer, fact } = asked;
    expect(`${text}${fullAnswer}`).not.toMatch(/[{}]|undefined|\||\s\s/);
    expect(text, asked.id).toMatch(language === 'zh' ? /[？。]$/ : /[?.]$/);
    expect(answers.get(text) ?? shortAnswer, text).toBe(shortAnswer);
    answers.set(text, shortAnswer);
    const value = shortAnswer.toLowerCase().replace(/[。.]$/, '');
    // The work of a trade is asked for with a verbal noun and told with a verb.
    const inflected = language === 'en' && fact.relation.name === 'task';
    if (!inflected) expect(fullAnswer.toLowerCase(), asked.id).toContain(value);
  }
});

test('of the phrasings of a fact three are for texts, one pairing and one phrasing are held out', () => {
  for (const fact of createWorld({ seed: 3 }).facts) {
    for (const language of languages) {
      const all = Array.from({ length: numPhrasings }, (_, i) => question(fact, language, i));
      expect(all.map(({ split }) => split).sort()).toEqual([
        'held-out pairing',
        'held-out phrasing',
        'train',
        'train',
        'train',
      ]);
      expect(new Set(all.map(({ text }) => text)).size).toBe(numPhrasings);
      const chosen = [0, 1, 2].map((choice) => trainPhrasing(fact, language, choice));
      const train = all.filter(({ split }) => split === 'train').map(({ phrasing }) => phrasing);
      expect(chosen.sort()).toEqual(train);
    }
  }
});

test('facts read well with a name and with a pronoun', () => {
  const world = createWorld({ seed: 3 });
  const cat = world.byId.get('animal/cat')?.facts.find(({ id }) => id.endsWith('/eats'));
  if (cat === undefined) throw new Error('the world has no cat that eats');
  expect(tell(cat, 'en', 0)).toBe('The cat eats fish and mice.');
  expect(tell(cat, 'en', 0, true)).toBe('It eats fish and mice.');
  expect(tell(cat, 'zh', 0, true)).toBe('它吃鱼和老鼠。');
});

test('a size that does not exist is refused by name', () => {
  const size = 'galaxy' as WorldSize;
  expect(() => createWorld({ seed: 1, size })).toThrow(
    'must be one of hamlet, village, town, country',
  );
});
