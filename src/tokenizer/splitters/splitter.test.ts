import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { awkwardText } from '../testing/awkward-text.ts';
import { regexPieces } from '../testing/regex-splitter.ts';
import { classOfCodePoint, codePointAt } from './character-classes.ts';
import { splitterNamed, splitterNames, splitterOfPattern } from './splitter.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function pieces(name: string, bytes: Uint8Array): Uint8Array[] {
  const splitter = splitterNamed(name);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = splitter.pieceEnd(bytes, at, bytes.length);
    if (end <= at) expect.fail(`no progress at ${at}`);
    found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

function textPieces(name: string, text: string): string[] {
  return pieces(name, encoder.encode(text)).map((piece) => decoder.decode(piece));
}

describe.each(splitterNames)('the splitter %s', (name) => {
  it('cuts as its pattern does, text by text', () => {
    const random = new SeededRandom(18);
    for (let i = 0; i < count({ test: 2_000, pr: 100_000, slow: 1_000_000 }); i++) {
      const text = awkwardText(random);
      const [found, expected] = [textPieces(name, text), regexPieces(name, text)];
      if (found.join('|') !== expected.join('|')) expect(found).toEqual(expected);
    }
  });

  it('loses no byte of any bytes', () => {
    const random = new SeededRandom(19);
    for (let i = 0; i < count({ test: 2_000, pr: 20_000, slow: 200_000 }); i++) {
      const bytes = Uint8Array.from({ length: random.int(40) }, () => random.int(256));
      expect(Buffer.concat(pieces(name, bytes)).equals(bytes)).toBe(true);
    }
  });

  it('is found again by its pattern', () => {
    expect(splitterOfPattern(splitterNamed(name).pattern)?.name).toBe(name);
  });
});

describe('the splitter athanor', () => {
  it('keeps Chinese apart from what stands beside it', () => {
    expect(textPieces('athanor', '春眠不觉晓，处处闻啼鸟。\n我爱TypeScript和C++！')).toEqual([
      '春眠不觉晓',
      '，',
      '处处闻啼鸟',
      '。\n',
      '我爱',
      'TypeScript',
      '和',
      'C',
      '++！',
    ]);
  });

  it('gives every digit its own piece, and 〇 to Chinese', () => {
    expect(textPieces('athanor', '二〇二四年 2024')).toEqual([
      '二〇二四年',
      ' ',
      '2',
      '0',
      '2',
      '4',
    ]);
  });

  it('keeps combining marks with their letters', () => {
    expect(textPieces('athanor', ' नमस्ते e\u0301té')).toEqual([' नमस्ते', ' e\u0301té']);
  });
});

describe('character classes', () => {
  it('decodes exactly the valid UTF-8 sequences', () => {
    const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const random = new SeededRandom(20);
    const leads = [0x41, 0x80, 0xc0, 0xc2, 0xdf, 0xe0, 0xe4, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
    const tails = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
    for (let i = 0; i < 20_000; i++) {
      const bytes = Uint8Array.of(
        random.pick(leads),
        random.pick(tails),
        random.pick(tails),
        random.pick(tails),
      );
      const found = codePointAt(bytes, 0, bytes.length);
      const expected = [1, 2, 3, 4].find((length) => isValid(fatal, bytes.subarray(0, length)));
      expect(found < 0 ? undefined : found & 7, bytes.join()).toBe(expected);
      if (expected === undefined) continue;
      const text = fatal.decode(bytes.subarray(0, expected));
      expect(found >> 3).toBe(text.codePointAt(0));
    }
  });

  it('knows the whitespace of the regular expressions that made the vocabularies', () => {
    const whitespace: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if ((classOfCodePoint(code) & 4) !== 0) whitespace.push(code.toString(16));
    }
    expect(whitespace.join(' ')).toBe(
      '9 a b c d 20 85 a0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 2028 2029 ' +
        '202f 205f 3000',
    );
  });
});

function isValid(fatal: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    return [...fatal.decode(bytes)].length === 1;
  } catch {
    return false;
  }
}
