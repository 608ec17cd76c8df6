import { expect, it } from 'vitest';
import { byteTokenizer } from '../../../tests/byte-tokenizer.ts';
import { plainTemplate } from './plain-template.ts';

const tokenizer = byteTokenizer();
const template = plainTemplate(tokenizer);

it('writes what was said on lines of their own, behind the end of another text', () => {
  const ids = template.renderPrompt([{ role: 'user', content: '一加一？' }]);
  expect(ids[0]).toBe(256);
  expect(tokenizer.decode(ids.slice(1))).toBe('一加一？\n');
  expect(template.stopTokens).toEqual([256]);
});

it.each([
  ['答：等于二。\n问：二加二？', '等于二。'],
  ['A: Two.\nQ: And', 'Two.'],
  ['Two.', 'Two.'],
  ['', ''],
])('takes of %j the answer', (text, content) => {
  const written = [...tokenizer.encode(text), 256];
  expect(template.parseAnswer(written)).toEqual({ role: 'assistant', content });
});
