import { expect, test } from 'vitest';
import { tangPoems } from './index.ts';

const poems = tangPoems();

test('the collection holds more than sixty poems, and Spring Dawn opens it', () => {
  expect(poems.length).toBeGreaterThan(60);
  expect(poems[0]?.title.zh).toBe('春晓');
  expect(poems[0]?.text).toBe('春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。');
  expect(poems[0]?.sentences).toEqual(['春眠不觉晓，处处闻啼鸟。', '夜来风雨声，花落知多少。']);
  expect(poems[0]?.verses[1]).toBe('处处闻啼鸟');
});

test('titles, ids and texts are unique and every poet has a name in pinyin', () => {
  for (const key of [
    (i: number) => poems[i]?.id,
    (i: number) => `${poems[i]?.title.zh} ${poems[i]?.author.zh}`,
    (i: number) => poems[i]?.text,
  ]) {
    expect(new Set(poems.map((_, i) => key(i))).size).toBe(poems.length);
  }
  for (const { author } of poems) expect(author.en, author.zh).toMatch(/^[A-Za-z' ]+$/);
});

test('regular forms have the number of verses and characters of their name', () => {
  for (const { title, form, verses } of poems) {
    if (form.zh === '古体诗') continue;
    expect(verses.length, title.zh).toBe(form.zh.endsWith('绝句') ? 4 : 8);
    const length = form.zh.startsWith('五言') ? 5 : 7;
    for (const verse of verses) expect(verse.length, verse).toBe(length);
  }
});

test('only Chinese characters and full-width marks stand in the texts', () => {
  for (const { text } of poems) expect(text).toMatch(/^[\u4e00-\u9fff，。？！]+[。？！]$/u);
});
