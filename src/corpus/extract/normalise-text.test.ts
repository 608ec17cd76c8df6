import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { garbledShare } from './garbled-text.ts';
import { normaliseCode, normaliseText } from './normalise-text.ts';

it('has one way to write a text', () => {
  expect(normaliseText('e\u0301a\r\nb\rc\u2028d\u0085e')).toBe('éa\nb\nc\nd\ne');
  expect(normaliseText('a\u00a0b\0c\u00add\u200be\ufefff\x1bg')).toBe('a bcdefg');
  expect(normaliseText('春眠，ＡＢＣ！')).toBe('春眠，ＡＢＣ！');
});

it('keeps what is invisible but means something', () => {
  const [family, persian, thai] = ['👨\u200d👩\u200d👧', 'می\u200cخواهم', 'ไป\u200bไหน'];
  for (const text of [family, persian, thai, 'שלום\u200f!']) expect(normaliseText(text)).toBe(text);
});

it('does nothing the second time', () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    const once = normaliseText(text);
    expect(normaliseText(once)).toBe(once);
    expect(once).not.toMatch(/[\r\0\ufeff\u2028]/);
    expect(once).toBe(once.normalize('NFC'));
  });
  fc.assert(property, { numRuns: count({ test: 500, pr: 5_000, slow: 500_000 }) });
});

it('keeps the spaces of code', () => {
  expect(normaliseCode('\ufeffif a:\r\n\tb\u00a0= 1\r\n')).toBe('if a:\n\tb\u00a0= 1\n');
});

it('finds what is garbled', () => {
  expect(garbledShare('春眠\ufffd觉晓')).toBe(0.2);
  expect(garbledShare('锟斤拷你好呀')).toBe(0.5);
  expect(garbledShare('What?? 真的？？')).toBe(0);
  expect(garbledShare('')).toBe(0);
});
