import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SeededRandom } from '../../base/index.ts';
import { makeFilters } from '../filter/index.ts';
import { documentOf } from '../testing/documents.ts';
import { qualityOf, readQualityModel, trainQualityModel, writeQualityModel } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'athanor-quality-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = new SeededRandom(1);
const good = ['river', 'valley', 'carpenter', '磨坊', '春天', 'winter', 'the', 'a'];
const bad = ['cheap', 'offer', 'watches', '红包', '点击', 'free', 'the', 'a'];
const write = (words: readonly string[]) =>
  Array.from({ length: 40 }, () => random.pick(words)).join(' ');
const texts = (words: readonly string[], count: number) =>
  Array.from({ length: count }, () => write(words));

const training = { positives: texts(good, 60), negatives: texts(bad, 240), seed: 4 };
const model = trainQualityModel(training);

test('texts like the chosen ones score high, texts like the crawl low', () => {
  for (const text of texts(good, 20)) expect(qualityOf(model, text)).toBeGreaterThan(0.9);
  for (const text of texts(bad, 20)) expect(qualityOf(model, text)).toBeLessThan(0.1);
});

test('the same texts and seed give the same model, also out of a file', () => {
  const path = join(folder, 'model.json');
  writeQualityModel(path, trainQualityModel(training));
  expect(readQualityModel(path)).toEqual(model);
  writeFileSync(path, '{"format":"athanor quality model 1","weights":"AAAA"}');
  expect(() => readQualityModel(path)).toThrow('must be a quality model with 65536 weights');
  expect(() => readQualityModel(join(folder, 'none'))).toThrow('none must be a quality model');
  expect(() => trainQualityModel({ ...training, negatives: [] })).toThrow('got 60 and 0');
});

test('a text of score s stays with the probability (2 − s)^−9, and in every run the same ones', async () => {
  for (const [middle, numTexts] of [
    [0, 4_000],
    [0.5, 2_000],
    [0.9, 2_000],
  ] as const) {
    const bias = Math.log((middle + 1e-9) / (1 - middle));
    const constant = { weights: new Int8Array(2 ** 16), scale: 1, bias };
    const keptBy = async (seed: number) => {
      const [filter] = await makeFilters({ quality: { seed } }, { qualityModel: constant });
      const ids = Array.from({ length: numTexts }, (_, i) => `page/${i}`);
      return ids.filter((id) => 'document' in (filter?.judge(documentOf('x', { id })) ?? {}));
    };
    const kept = await keptBy(1);
    const expected = (2 - middle) ** -9;
    const deviation = Math.sqrt((expected * (1 - expected)) / numTexts);
    expect(Math.abs(kept.length / numTexts - expected)).toBeLessThan(4 * deviation);
    expect(await keptBy(1)).toEqual(kept);
    if (middle > 0) expect(await keptBy(2)).not.toEqual(kept);
  }
  await expect(makeFilters({ quality: {} })).rejects.toThrow('must name a quality model');
});
