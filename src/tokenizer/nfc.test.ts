import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { parseTokenizerJson } from './files/tokenizer-json.ts';
import { writeTokenizerJson } from './files/write-tokenizer-json.ts';
import { NfcStream, nfc, nfcBytes } from './nfc.ts';
import { Tokenizer } from './tokenizer.ts';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')) as T;
const fixture = read<{ texts: string[]; ids: number[][] }>('nfc.json');
const plainFile = read<{ cases: { file: string }[] }>('hugging-face.json').cases[1]?.file ?? '';
const file = JSON.stringify({ ...JSON.parse(plainFile), normalizer: { type: 'NFC' } });
const tokenizer = new Tokenizer(parseTokenizerJson(file, 'f'));

/** Marks of several combining classes, of none, and one that falls apart into two. */
const marks = [...'\u0301\u0323\u0345\u0334\u0327\u3099\u0344\u093e\u0300'];
const starters = [
  'e',
  'a',
  ' ',
  '中',
  'Д',
  'é',
  '\u1100',
  '\u1161',
  '\u11a8',
  '가',
  '\u0338',
  '😀',
];

function markedText(random: SeededRandom): string {
  const parts = Array.from({ length: random.int(20) }, () =>
    random.pick(random.int(2) === 0 ? marks : starters),
  );
  const manyMarks = Array.from({ length: random.int(200) }, () => random.pick(marks));
  return parts.join('') + (random.int(4) === 0 ? manyMarks.join('') : '');
}

describe('a tokenizer.json with NFC', () => {
  it('gives the ids of Hugging Face, at once, in parts and in slices', async () => {
    const stream = tokenizer.streamEncoder();
    const random = new SeededRandom(71);
    for (const [i, text] of fixture.texts.entries()) {
      const expected = fixture.ids[i];
      expect([...tokenizer.encodeWithSpecialTokens(text)], JSON.stringify(text)).toEqual(expected);
      const plain = tokenizer.encode(text).join();
      expect((await tokenizer.encodeInSlices(text)).join()).toBe(plain);
      const bytes = Buffer.from(text);
      expect(tokenizer.encode(bytes).join()).toBe(plain);
      const cut = random.int(bytes.length + 1);
      const parts = [stream.push(bytes.subarray(0, cut)), stream.push(bytes.subarray(cut))];
      expect([...parts, stream.end()].flatMap((ids) => [...ids]).join()).toBe(plain);
    }
  });

  it('is written again, is another tokenizer than without, and gives form C back', () => {
    const again = new Tokenizer(parseTokenizerJson(writeTokenizerJson(tokenizer.data), 'f'));
    expect(again.hash).toBe(tokenizer.hash);
    expect(new Tokenizer(parseTokenizerJson(plainFile, 'f')).hash).not.toBe(tokenizer.hash);
    expect(tokenizer.decode(tokenizer.encode('e\u0301'))).toBe('é');
  });
});

describe('form C', () => {
  it('is that of Node, in whatever parts a text arrives and however many marks it has', () => {
    const random = new SeededRandom(72);
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 100_000 }); i++) {
      const text = markedText(random) + markedText(random);
      const expected = text.normalize('NFC');
      expect(nfc(text), JSON.stringify(text)).toBe(expected);
      const bytes = Buffer.from(text);
      const stream = new NfcStream();
      const found: Uint8Array[] = [];
      for (let at = 0, length = 0; at < bytes.length; at += length) {
        length = 1 + random.int(12);
        found.push(stream.push(bytes.subarray(at, at + length), at + length >= bytes.length));
      }
      expect(Buffer.concat(found).toString(), JSON.stringify(text)).toBe(expected);
    }
  });

  it('leaves bytes that are no text alone', () => {
    const bytes = Buffer.concat([Buffer.from('e\u0301'), Buffer.of(0xff, 0xe4), Buffer.from('a')]);
    expect([...nfcBytes(bytes)]).toEqual([0xc3, 0xa9, 0xff, 0xe4, 0x61]);
  });

  // ICU alone takes minutes for this: it moves every second mark past all before it.
  it('takes no quadratic time for endless marks', () => {
    expect(nfc(`a${'\u0301\u0323'.repeat(100_000)}`)).toHaveLength(200_000);
  });
});
