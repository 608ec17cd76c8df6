import { expect, test, vi } from 'vitest';
import { SeededRandom } from '../../../src/base/index.ts';
import { count } from '../../../tests/tier.ts';
import { drawSentence, sentenceSplit } from './index.ts';

const numSentences = count({ test: 5_000, pr: 50_000, slow: 500_000 });

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });

test('sentences of the two sides never meet', () => {
  const random = new SeededRandom(1);
  for (let i = 0; i < numSentences; i++) {
    expect(sentenceSplit(drawSentence(random).zh)).toBe('train');
    expect(sentenceSplit(drawSentence(random, 'held-out').zh)).toBe('held-out');
  }
});

test('about a tenth is held out, and there are many different ones', () => {
  const random = new SeededRandom(2);
  const seen = new Set(Array.from({ length: 5_000 }, () => drawSentence(random).zh));
  expect(seen.size).toBeGreaterThan(2_500);
  const heldOut = new Set(Array.from({ length: 5_000 }, () => drawSentence(random, 'held-out').zh));
  expect(heldOut.size).toBeGreaterThan(1_000);
});

test('both languages are sentences, with articles that agree', () => {
  const random = new SeededRandom(3);
  for (let i = 0; i < numSentences; i++) {
    const { zh, en } = drawSentence(random);
    expect(zh).toMatch(/^[\u4e00-\u9fff，]+[。？]$/u);
    expect(en).toMatch(/^[A-Z][A-Za-z',\- ]+[.?]$/);
    expect(en).not.toMatch(
      /(?<!')\b(?:a [aeio]|an [^aeiouh])|(?:^|, )(?:he|she) (?:go|have|like|want|stay) /i,
    );
  }
});

test("the lesson's own sentence is held out, so it can be asked for", () => {
  expect(sentenceSplit('他每天早上六点起床，然后去跑步。')).toBe('held-out');
});
