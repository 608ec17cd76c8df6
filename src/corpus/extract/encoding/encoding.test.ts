/** Encodings against bytes that Python wrote: tools/fixtures/encodings.py. */
import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/encodings.json' with { type: 'json' };
import { decodeText } from './decode-text.ts';
import { repairMojibake } from './repair-mojibake.ts';

const cases = fixture.cases.map(({ text, encoding, base64 }) => ({
  text,
  encoding,
  bytes: Buffer.from(base64, 'base64'),
}));

describe('decodeText', () => {
  it.each(cases)('finds $encoding: $text', ({ text, bytes }) => {
    expect(decodeText(bytes)).toMatchObject({ text, numReplaced: 0 });
    const page = Buffer.concat([Buffer.from('<html><body><p>'), bytes, Buffer.from('</p></body>')]);
    // Half a page of UTF-16 is no page.
    if (bytes.includes(0)) return;
    expect(decodeText(page, { isHtml: true })?.text).toContain(text);
  });

  it('believes bytes before words', () => {
    const [chinese, gbk] = cases;
    const lie = { contentType: 'text/html; charset=gbk' };
    expect(decodeText(chinese?.bytes ?? Buffer.of(), lie)?.text).toBe(chinese?.text);
    const old = { contentType: 'text/html; charset=iso-8859-1' };
    expect(decodeText(gbk?.bytes ?? Buffer.of(), old)?.text).toBe(gbk?.text);
    const meta = Buffer.concat([
      Buffer.from('<meta charset="gb2312">'),
      gbk?.bytes.subarray(0, 4) ?? Buffer.of(),
    ]);
    expect(decodeText(meta, { isHtml: true })).toMatchObject({ encoding: 'gb18030' });
  });

  it('leaves out a character that is cut at the end, and counts broken ones elsewhere', () => {
    const bytes = Buffer.from('春眠不觉晓，处处闻啼鸟。'.repeat(4));
    expect(decodeText(bytes.subarray(0, -1))).toMatchObject({
      text: `${'春眠不觉晓，处处闻啼鸟。'.repeat(3)}春眠不觉晓，处处闻啼鸟`,
    });
    bytes[4] = 0x20;
    expect(decodeText(bytes)?.numReplaced).toBeGreaterThan(0);
  });

  it('refuses what is no text', () => {
    const random = Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * i * 7919) % 251));
    expect(decodeText(random)).toBeUndefined();
    expect(decodeText(Buffer.alloc(100))).toBeUndefined();
  });
});

describe('repairMojibake', () => {
  const misread = (text: string, encoding: string) =>
    new TextDecoder(encoding).decode(Buffer.from(text));

  it.each(['春眠不觉晓，处处闻啼鸟。', 'Das Café war schön – “sehr”.', 'naïve façade'])(
    'undoes UTF-8 read as Latin-1 or Windows-1252: %s',
    (text) => {
      expect(repairMojibake(Buffer.from(text).toString('latin1'))).toBe(text);
      expect(repairMojibake(misread(text, 'windows-1252'))).toBe(text);
    },
  );

  it('undoes UTF-8 read as GBK, as long as nothing was lost', () => {
    const text = '我们这里有一个很大的国家';
    expect(repairMojibake(misread(text, 'gbk'))).toBe(text);
  });

  it.each([
    'Ça va très bien, señor Müller, à bientôt.',
    '我们这里有一个很大的国家，人民都很好。',
    '鼎鑫铄龘靐齉爩麤灪饢',
    'plain',
    'Á Â Ã',
    '© 2024 — “quoted” …',
  ])('leaves alone what is right: %s', (text) => {
    expect(repairMojibake(text)).toBe(text);
  });
});
