import { expect, test } from 'vitest';
import { documentOf, prose } from '../testing/documents.ts';
import { makeFilters, type RuleSet, webRules } from './index.ts';

const hans = prose['zh-Hans'];
const sentences = prose.en.split(/(?<=\.) /);
const program = 'function add(a, b) {\n  // Adds two numbers.\n  return a + b;\n}\n'.repeat(3);

async function reasonOf(rules: RuleSet, text: string, rest = {}): Promise<string> {
  const [filter] = await makeFilters(rules);
  const verdict = filter?.judge(documentOf(text, rest));
  if (verdict === undefined || 'document' in verdict) return 'kept';
  const { value, limit } = verdict.drop;
  expect(value, verdict.drop.reason).toBeDefined();
  expect(limit, verdict.drop.reason).toBeDefined();
  return verdict.drop.reason;
}

test('prose and programs pass every filter for web pages', async () => {
  const texts = [...Object.values(prose).map((text) => documentOf(text))];
  const code = documentOf(program, { kind: 'code', programmingLanguage: 'JavaScript' });
  for (const filter of await makeFilters(webRules)) {
    for (const document of [...texts, code]) {
      const verdict = filter.judge(document);
      expect(verdict, filter.name).toHaveProperty('document.text', document.text);
    }
  }
});

test.each([
  [{ url: {} }, 'https://example.org/essex/2020', 'kept'],
  [{ url: {} }, 'https://example.org/online-casino/', 'url: blocked word'],
  [{ url: { hosts: ['example.org'] } }, 'https://www.example.org/', 'url: blocked host'],
  [{ url: { hosts: ['example.org'] } }, 'https://my-example.org/', 'kept'],
  [{ url: { hosts: ['example.org'] } }, 'not an address', 'kept'],
])('%j of %s: %s', async (rules, url, reason) => {
  expect(await reasonOf(rules, prose.en, { url })).toBe(reason);
});

const spam = 'Buy now!!! Click here to claim your free gift. Limited offer, no risk, order today. ';
const chineseSpam = '点击这里领取红包，名额有限！加微信，货到付款，稳赚不赔，立即下单！';
const lines = (...parts: string[]) => parts.join('\n');

test.each<[string, RuleSet, string]>([
  ['words: too many suspicious', { words: {} }, spam.repeat(3)],
  ['words: too many suspicious', { words: {} }, chineseSpam.repeat(3)],
  ['kept', { words: {} }, `${prose.en} To win, sign up.${prose.en.repeat(3)}`],
  ['words: blocked', { words: { blocked: ['lost most'] } }, prose.en],
  ['words: blocked', { words: { blocked: ['青蛙'] } }, hans],
  ['kept', { words: { blocked: ['ill'] } }, prose.en],
  ['garbled: broken characters', { garbled: {} }, prose.en.replace(/th/g, '\ufffd')],
  ['garbled: broken characters', { garbled: {} }, hans.replace(/的/g, '\u0003')],
  ['garbled: read in the wrong encoding', { garbled: {} }, latin1(hans)],
  ['garbled: read in the wrong encoding', { garbled: {} }, latin1('déjà vu à la fête '.repeat(9))],
  ['kept', { garbled: {} }, 'Le café « Chez José » : déjà fermé à midi, hélas. '.repeat(5)],
  ['garbled: read as GBK', { garbled: {} }, hans.replace(/的/g, '锟斤拷')],
  ['garbled: too many symbols', { garbled: {} }, hans.replace(/[的了，]/g, '■')],
  ['garbled: words without vowels', { garbled: {} }, prose.en.replace(/[aeiou]/g, 'x')],
  ['chinese: too few characters', { chineseQuality: {} }, hans.slice(0, 40)],
  ['chinese: too many characters', { chineseQuality: { maxCharacters: 100 } }, hans],
  [
    'chinese: too few Chinese characters',
    { chineseQuality: { minChinese: 0.99 } },
    `${hans}a b c d`,
  ],
  ['chinese: too little punctuation', { chineseQuality: {} }, hans.replace(/[，。]/g, '')],
  ['chinese: too much punctuation', { chineseQuality: {} }, hans.replace(/(.)/g, '$1，')],
  ['chinese: too many exclamation marks', { chineseQuality: {} }, hans.replace(/[，。]/g, '！')],
  ['chinese: too few stop characters', { chineseQuality: {} }, '红茶绿茶花茶好喝，'.repeat(15)],
  ['repetition: duplicate lines', { gopherRepetition: {} }, lines(...sentences, ...sentences)],
  [
    'repetition: duplicate paragraphs',
    { gopherRepetition: {} },
    'Hi\n\n'.repeat(3) + lines(...sentences),
  ],
  ['repetition: most frequent 2-gram', { gopherRepetition: {} }, `${'red tea '.repeat(20)}is`],
  [
    'repetition: duplicate 5-grams',
    { gopherRepetition: { topGrams: [] } },
    `${sentences[0]} ${sentences[0]} ${sentences[0]} ${prose.en.slice(0, 300)}`,
  ],
  ['repetition: most frequent 4-gram', { chineseRepetition: {} }, '红茶绿茶和花茶，'.repeat(9)],
  [
    'repetition: duplicate 10-grams',
    { chineseRepetition: { topGrams: [] } },
    hans.slice(0, 50) + hans,
  ],
  ['c4: too few sentences', { c4: {} }, sentences.slice(0, 4).join(' ')],
  ['c4: unwanted in page', { c4: {} }, `${prose.en} Lorem Ipsum dolor.`],
  ['c4: unwanted in page', { chineseC4: {} }, `${hans}{`],
  [
    'c4: too few sentences',
    { chineseC4: {} },
    lines('首页', '新闻', '体育', '财经', '娱乐', hans.slice(0, 30)),
  ],
  [
    'fineweb: lines without punctuation',
    { fineWeb: {} },
    prose.en.replaceAll(/(\w+ \w+ \w+ \w+ \w+ \w+ \w+)/g, '$1\n').replaceAll('.', ''),
  ],
  ['fineweb: short lines', { fineWeb: {} }, prose.en.replaceAll(/(\w+ \w+)/g, '$1.\n')],
  ['fineweb: duplicate lines', { fineWeb: {} }, lines(...sentences, sentences[0] ?? '')],
  [
    'fineweb: too many lines',
    { fineWeb: { maxShortLines: 1, maxDuplicateCharacters: 1 } },
    prose.en.replaceAll(' ', '.\n'),
  ],
  ['fineweb: short lines', { chineseFineWeb: {} }, hans.replaceAll(/[，。]/g, '。\n')],
  ['kept', { chineseFineWeb: {} }, hans.replaceAll('。', '。\n')],
])('%s by %j', async (reason, rules, text) => {
  expect(await reasonOf(rules, text)).toBe(reason);
});

test.each([
  ['code: empty', '\n \n'],
  ['code: line too long', `x = "${'a'.repeat(1_000)}"\n`],
  ['code: lines too long', `${'value, '.repeat(20)}\n`.repeat(9)],
  ['code: too few letters and digits', '{[(<;>)]}\n'.repeat(9)],
  ['code: generated', `// Code generated by protoc. DO NOT EDIT.\n${program}`],
  ['kept', `${program}${program}// This is not for machines: do not edit\n`],
])('%s', async (reason, text) => {
  expect(await reasonOf({ code: {} }, text, { kind: 'code' })).toBe(reason);
});

test('C4 cuts lines out: policies, scripts, menus; with its own rule also those without an end', async () => {
  const text = lines(
    ...sentences,
    'Home',
    'Enable JavaScript to see more.',
    'We use cookies here.',
  );
  const heading = lines('The old mill of the valley', text);
  const [loose] = await makeFilters({ c4: {} });
  const [strict] = await makeFilters({ c4: { needsTerminalPunctuation: true } });
  expect(loose?.judge(documentOf(heading))).toEqual({
    document: documentOf(lines('The old mill of the valley', ...sentences)),
  });
  expect(strict?.judge(documentOf(heading))).toEqual({
    document: documentOf(lines(...sentences)),
  });
  const page = lines(hans, '隐私政策｜使用条款｜网站地图', '首页', hans, hans);
  const [chinese] = await makeFilters({ chineseC4: {} });
  expect(chinese?.judge(documentOf(page))).toEqual({
    document: documentOf(lines(hans, hans, hans)),
  });
});

test('rules for English never judge Chinese, nor the other way round', async () => {
  const english: RuleSet = { gopherQuality: {}, gopherRepetition: {}, c4: {}, fineWeb: {} };
  const chinese: RuleSet = {
    chineseQuality: {},
    chineseRepetition: {},
    chineseC4: {},
    chineseFineWeb: {},
  };
  for (const filter of await makeFilters(english)) {
    expect(filter.judge(documentOf('春眠不觉晓\n'.repeat(9)))).toHaveProperty('document');
  }
  for (const filter of await makeFilters(chinese)) {
    expect(filter.judge(documentOf('Tea! '.repeat(9)))).toHaveProperty('document');
    expect(filter.judge(documentOf('お茶を飲む。', { language: 'ja' }))).toHaveProperty('document');
  }
});

test('perplexity is judged by a scorer from outside, and needs one', async () => {
  const rules = { perplexity: { max: 50 } };
  const judge = async (perplexity: number) => {
    const [filter] = await makeFilters(rules, { perplexityOf: () => perplexity });
    return filter?.judge(documentOf(prose.en));
  };
  expect(await judge(50)).toHaveProperty('document');
  const drop = {
    ...{ reason: 'perplexity: too high', value: 50.5, limit: 50 },
    scores: { perplexity: 50.5 },
  };
  expect(await judge(50.5)).toEqual({ drop });
  expect(await judge(1)).toHaveProperty('drop.reason', 'perplexity: too low');
  expect(await judge(Number.NaN)).toHaveProperty('drop');
  await expect(makeFilters(rules)).rejects.toThrow('must be given a model that scores texts');
});

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
