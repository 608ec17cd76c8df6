import { expect, test, vi } from 'vitest';
import { count } from '../../tests/tier.ts';
import { generateWorld, lexicon, sentenceSplit, type WorldSize } from '../world/index.ts';
import {
  generateInstructions,
  type InstructionItem,
  type InstructionKind,
  instructionConversations,
  instructionKinds,
} from './index.ts';
import { rewritePhrasings } from './kinds/politeness.data.ts';
import { withoutWord, withWord } from './kinds/translation.data.ts';

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 1_800_000 }) });

const numItems = count({ test: 3_000, pr: 10_000, slow: 20_000 });
const config = { seed: 3, size: 'hamlet' } as const;
const train = [...generateInstructions({ ...config, split: 'train', numItems })];
const heldOut = [...generateInstructions({ ...config, split: 'held-out', numItems: 1_500 })];

const promptOf = ({ messages }: InstructionItem) => messages[0]?.content ?? '';
const ofKind = (items: readonly InstructionItem[], kind: InstructionKind) =>
  items.filter((item) => item.kind === kind);

test('no prompt stands on both sides, and none twice', () => {
  const prompts = [...train, ...heldOut].map(promptOf);
  expect(new Set(prompts).size).toBe(prompts.length);
});

test('a list is the beginning of a longer one, and another seed makes another', () => {
  const shorter = [...generateInstructions({ ...config, split: 'train', numItems: 50 })];
  expect(train.slice(0, 50)).toEqual(shorter);
  const other = [...generateInstructions({ ...config, seed: 4, split: 'train', numItems: 50 })];
  expect(other).not.toEqual(shorter);
});

test('conversations have every instruction once, in order, from one to as many as they may', () => {
  const made = [
    ...instructionConversations({ ...config, split: 'train', numItems: 400, maxTurns: 3 }),
  ];
  expect(made.flat()).toEqual(train.slice(0, 400));
  expect(new Set(made.map((turns) => turns.length))).toEqual(new Set([1, 2, 3]));
});

test('with courtesy a share of the answers about facts stands in a polite frame', () => {
  const options = { ...config, split: 'train', numItems: 1_500, maxTurns: 1 } as const;
  const made = [...instructionConversations({ ...options, courtesy: 0.3 })].flat();
  const plain = train.slice(0, 1_500);
  const framed = made.filter(({ answer }, i) => answer !== plain[i]?.answer);
  const aboutFacts = plain.filter(({ kind }) => kind === 'knowledge' || kind === 'reading');
  expect(framed.length / aboutFacts.length).toBeCloseTo(0.3, 1);
  for (const { id, answer } of framed) {
    expect(answer).toContain(plain.find((item) => item.id === id)?.answer);
    expect(id).toMatch(/^(knowledge|reading)/);
  }
});

test('held-out sentences are in no training item and in no text', () => {
  const sentences = new Set(
    ofKind(heldOut, 'translation').map((item) => {
      const said = `${promptOf(item)} ${item.answer}`.match(sentence) ?? [];
      return said.find((zh) => sentenceSplit(zh) === 'held-out') ?? '';
    }),
  );
  expect(sentences.size).toBeGreaterThan(100);
  const trained = train.map((item) => `${promptOf(item)} ${item.answer}`).join('\n');
  const texts = [...generateWorld({ ...config, sizeBytes: 500_000 })].map(({ text }) => text);
  for (const zh of sentences) {
    expect(zh).not.toBe('');
    // A shorter sentence can be the end of a longer one: 我有三本书 of 如果我有三本书.
    for (const text of [trained, ...texts]) if (standsIn(zh, text)) throw new Error(zh);
  }
});

const sentence = /(?<=[：“" ?？]|^)[\u4e00-\u9fff，]+[。？]/gu;

function standsIn(zh: string, text: string): boolean {
  const at = text.indexOf(zh);
  return at >= 0 && !/[\u4e00-\u9fff，]/u.test(text.charAt(at - 1));
}

test('orders to be made polite that are held out are in no training item', () => {
  const trained = new Set(ofKind(train, 'politeness').map(({ answer }) => answer));
  const asked = new Set(ofKind(heldOut, 'politeness').map(({ answer }) => answer));
  expect(asked.size).toBeGreaterThan(20);
  for (const answer of asked) expect(trained).not.toContain(answer);
});

test('what is said of a guest and asked is said and asked on one side only', () => {
  const asked = (item: InstructionItem) => `${promptOf(item).match(/^\S+?(?='s? |的| )/)}`;
  expect(ofKind(heldOut, 'reading').map(asked).length).toBeGreaterThan(50);
  const pairs = new Set(ofKind(train, 'reading').map(promptOf));
  for (const item of ofKind(heldOut, 'reading')) expect(pairs).not.toContain(promptOf(item));
});

test('the last phrasing of each list is new to training, and held-out items have it', () => {
  const last = [...Object.values(withWord), ...Object.values(withoutWord)]
    .concat(Object.values(rewritePhrasings))
    .map((list) => list.at(-1)?.replace('{s}', '') ?? '');
  for (const part of last) {
    expect(train.filter((item) => promptOf(item).includes(part))).toEqual([]);
    expect(heldOut.filter((item) => promptOf(item).includes(part)).length, part).toBeGreaterThan(0);
  }
  for (const item of train) expect(item.tags).not.toContain('new phrasing');
});

test.each(instructionKinds)('%s: there are enough held-out items, in both languages', (kind) => {
  const items = ofKind(heldOut, kind);
  expect(items.length).toBeGreaterThan(30);
  for (const language of ['zh', 'en']) {
    expect(items.filter((item) => item.language === language).length).toBeGreaterThan(10);
  }
  expect(items.some(({ tags }) => tags.includes('new phrasing'))).toBe(true);
});

test('requests without the word do not have it', () => {
  for (const item of ofKind([...train, ...heldOut], 'translation')) {
    const hasWord = /翻译|translat/i.test(promptOf(item));
    expect(hasWord, promptOf(item)).toBe(item.tags.includes('with word'));
  }
});

test.each<WorldSize>(['village', 'town'])('the %s has instructions too', (size) => {
  for (const split of ['train', 'held-out'] as const) {
    const items = [...generateInstructions({ seed: 1, size, split, numItems: 500 })];
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(instructionKinds.length);
    for (const item of items.filter(({ kind }) => kind !== 'program')) {
      expect(`${promptOf(item)}${item.answer}`).not.toMatch(/[{}]|undefined/);
    }
  }
});

test('more items than there are is an error that says how many there are', () => {
  const weights = Object.fromEntries(instructionKinds.map((kind) => [kind, 0]));
  const few = {
    ...config,
    split: 'train',
    numItems: 500,
    weights: { ...weights, poem: 1 },
  } as const;
  expect(() => [...generateInstructions(few)]).toThrow(
    /must be so many as the world has, got 500; \d+ /,
  );
});

test('every item of a hamlet uses words of the hamlet', () => {
  expect(lexicon('hamlet').persons.length).toBeLessThan(lexicon('town').persons.length);
  expect(train.some((item) => promptOf(item).includes('王老师'))).toBe(false);
});
