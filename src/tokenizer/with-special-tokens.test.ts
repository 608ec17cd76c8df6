import { expect, it } from 'vitest';
import { bytesInOrder } from './files/byte-alphabet.ts';
import { parseTokenizerJson } from './files/tokenizer-json.ts';
import { Tokenizer, withSpecialTokens, writeTokenizerJson } from './index.ts';

const tokenizer = new Tokenizer({
  splitter: 'athanor',
  tokens: [...bytesInOrder().map((byte) => Uint8Array.of(byte)), undefined, Buffer.from('<b>')],
  merges: 'ranks',
  wholePieces: true,
  specialTokens: new Map([['<a>', 256]]),
});

it('gives new special tokens the ids behind the last, and leaves everything else as it is', () => {
  const grown = withSpecialTokens(tokenizer, ['<c>', '<a>', '<d>', '<c>']);
  expect([...grown.specialTokens.ids]).toEqual([
    ['<a>', 256],
    ['<c>', 258],
    ['<d>', 259],
  ]);
  expect(grown.vocabSize).toBe(260);
  expect(grown.encode('<a><c> 春')).toEqual(tokenizer.encode('<a><c> 春'));
  expect(grown.hash).not.toBe(tokenizer.hash);
  const read = new Tokenizer(parseTokenizerJson(writeTokenizerJson(grown.data), 'a.json'));
  expect(read.specialTokens.ids).toEqual(grown.specialTokens.ids);
  expect(withSpecialTokens(tokenizer, ['<a>']).hash).toBe(tokenizer.hash);
});

it('refuses what is an ordinary token', () => {
  expect(() => withSpecialTokens(tokenizer, ['<b>'])).toThrow(/"<b>" must be no ordinary token/);
});
