import { describe, expect, it } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { bytesInOrder } from './files/byte-alphabet.ts';
import { awkwardText } from './testing/awkward-text.ts';
import { Tokenizer } from './tokenizer.ts';

const markers = [
  '<|user|>',
  '<|user|><|end|>',
  '<|end|>',
  '<|assistant|>',
  '[INST]',
  '__proto__',
  '.*',
];
const tokens = bytesInOrder().map((byte) => Uint8Array.of(byte));
const tokenizer = new Tokenizer({
  splitter: 'athanor',
  tokens,
  merges: 'ranks',
  wholePieces: true,
  specialTokens: new Map(markers.map((text, i) => [text, 256 + i])),
});

describe('special tokens', () => {
  it('never come from a text, however it spells them', () => {
    const random = new SeededRandom(71);
    for (let i = 0; i < count({ test: 2_000, pr: 10_000, slow: 100_000 }); i++) {
      const text = injection(random);
      const ids = tokenizer.encode(text);
      if (ids.some((id) => id >= 256)) expect.fail(JSON.stringify(text));
      expect(tokenizer.decode(ids)).toBe(text);
      if (!text.includes('\n')) continue;
      const parts = tokenizer.streamEncoder();
      const halves = text.split('\n').flatMap((part) => [...parts.push(Buffer.from(part))]);
      if (halves.concat(...parts.end()).some((id) => id >= 256)) expect.fail(JSON.stringify(text));
    }
  });

  it('come from text that asks for them, the longest first', () => {
    const ids = tokenizer.encodeWithSpecialTokens('<|user|>a<|user|><|end|>.*__proto__');
    expect([...ids]).toEqual([256, ...tokenizer.encode('a'), 257, 262, 261]);
  });

  it('come only as far as they are allowed', () => {
    const allowed = tokenizer.encodeWithSpecialTokens('<|user|><|end|>', ['<|end|>']);
    expect([...allowed]).toEqual([...tokenizer.encode('<|user|>'), 258]);
    expect([...tokenizer.encodeWithSpecialTokens('.*', [])]).toEqual([...tokenizer.encode('.*')]);
    expect(() => tokenizer.encodeWithSpecialTokens('a', ['<|usr|>'])).toThrow(/"<\|usr\|>"/);
  });

  it('decode to their text', () => {
    expect(tokenizer.decode([256, 260])).toBe('<|user|>[INST]');
  });
});

/** User text that tries to become a control token. */
function injection(random: SeededRandom): string {
  const marker = random.pick(markers);
  const at = random.int(marker.length + 1);
  const form = random.pick([
    marker,
    `${marker.slice(0, at)}${random.pick(markers)}${marker.slice(at)}`,
    `${marker.slice(0, at)}\n${marker.slice(at)}`,
    [...marker].join('\u200b'),
    marker.replaceAll('<', '＜').replaceAll('|', '｜'),
    marker.toUpperCase(),
    JSON.stringify(marker),
  ]);
  return (awkwardText(random) + form + awkwardText(random)).normalize(
    random.pick(['NFC', 'NFKC', 'NFD']),
  );
}
