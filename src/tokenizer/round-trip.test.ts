import { describe, expect, it } from 'vitest';
import { count, tier } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { publishedRanks } from './files/published-ranks.ts';
import { awkwardText } from './testing/awkward-text.ts';

const tokenizer = publishedRanks('cl100k');

describe('round trips', () => {
  it('gives every Unicode scalar back, alone and between letters', () => {
    const step = tier === 'test' ? 7 : 1;
    for (let code = 0; code <= 0x10ffff; code += step) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      for (const text of [character, `a${character}b`]) {
        if (tokenizer.decode(tokenizer.encode(text)) !== text) expect.fail(code.toString(16));
      }
    }
  });

  it('gives every byte and every pair of bytes back', () => {
    for (let pair = 0; pair < 65_536; pair++) {
      const bytes = Uint8Array.of(pair >> 8, pair & 255);
      if (!equal(tokenizer.decodeBytes(tokenizer.encode(bytes)), bytes)) expect.fail(`${pair}`);
      const byte = bytes.subarray(1);
      if (!equal(tokenizer.decodeBytes(tokenizer.encode(byte)), byte)) expect.fail(`${byte[0]}`);
    }
  });

  it('gives random bytes and texts back', () => {
    const random = new SeededRandom(61);
    for (let i = 0; i < count({ test: 3_000, pr: 100_000, slow: 10_000_000 }); i++) {
      const bytes = Uint8Array.from({ length: random.int(513) }, () => random.int(256));
      if (!equal(tokenizer.decodeBytes(tokenizer.encode(bytes)), bytes)) expect.fail(bytes.join());
      const text = awkwardText(random);
      if (tokenizer.decode(tokenizer.encode(text)) !== text) expect.fail(JSON.stringify(text));
    }
  });

  it('writes a lone surrogate as U+FFFD, and keeps a byte order mark', () => {
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
    expect(tokenizer.decode(tokenizer.encode('\ufeffa\ufeff'))).toBe('\ufeffa\ufeff');
  });
});

describe('streaming decode', () => {
  it('shows no character before it is complete, and the whole in the end', () => {
    const random = new SeededRandom(62);
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 100_000 }); i++) {
      const text = awkwardText(random);
      const stream = tokenizer.streamDecoder();
      let shown = '';
      // One token per byte is the hardest way to cut a text.
      for (const byte of Buffer.from(text)) {
        for (const id of tokenizer.encode(Uint8Array.of(byte))) shown += stream.push(id);
        expect(text.startsWith(shown), JSON.stringify(text)).toBe(true);
      }
      expect(shown + stream.end()).toBe(text);
    }
  });

  it('equals decoding at once for any tokens', () => {
    const random = new SeededRandom(63);
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 100_000 }); i++) {
      const ids = Array.from({ length: random.int(30) }, () => random.int(100_256));
      const stream = tokenizer.streamDecoder();
      const shown = ids.map((id) => stream.push(id)).join('') + stream.end();
      expect(shown, ids.join()).toBe(tokenizer.decode(ids));
    }
  });

  it('refuses ids that are no token', () => {
    for (const id of [-1, 1.5, 100_256, 1e9, Number.NaN]) {
      expect(() => tokenizer.decode([id]), String(id)).toThrow(/a token id must be one of/);
    }
  });
});

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
